package org.slipway.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** What is stored as one JSON text (RFC 8259) in a column. */
public final class JsonColumn {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectMapper WITHOUT_NULLS =
      new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);

  private JsonColumn() {}

  public static String of(Object value) {
    return write(MAPPER, value);
  }

  /** The same where what is null is not said at all. */
  public static String withoutNulls(Object value) {
    return write(WITHOUT_NULLS, value);
  }

  private static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static <T> T read(Class<T> type, String text) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column holds no " + type.getSimpleName(), e);
    }
  }

  public static Map<String, String> readMap(String text) {
    try {
      return Map.copyOf(MAPPER.readValue(text, new TypeReference<TreeMap<String, String>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a column holds no map", e);
    }
  }
}
