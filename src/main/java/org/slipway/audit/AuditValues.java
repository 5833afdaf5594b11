package org.slipway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the values before and after a change are written: a flat JSON object. */
public final class AuditValues {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AuditValues() {}

  /**
   * Names and values in turn. An empty {@link Optional} is left out; what is neither a number nor a
   * truth value stands as text.
   */
  public static String of(Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value =
          namesAndValues[i + 1] instanceof Optional<?> optional
              ? optional.orElse(null)
              : namesAndValues[i + 1];
      if (value != null) {
        boolean plain = value instanceof Number || value instanceof Boolean;
        values.put((String) namesAndValues[i], plain ? value : value.toString());
      }
    }
    try {
      return MAPPER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
