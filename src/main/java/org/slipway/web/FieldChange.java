package org.slipway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One thing that a change has changed.
 *
 * @param name of the field; empty where the values are plain texts
 * @param before null where it is new
 * @param after null where it is gone
 */
public record FieldChange(String name, String before, String after) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What differs between two descriptions; a description is a JSON object or a plain text. */
  static List<FieldChange> between(String before, String after) {
    Map<String, String> old = fields(before);
    Map<String, String> now = fields(after);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    List<FieldChange> changes = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(old.get(name), now.get(name))) {
        changes.add(new FieldChange(name, old.get(name), now.get(name)));
      }
    }
    return changes;
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (text == null) {
      return fields;
    }
    try {
      JsonNode json = text.startsWith("{") ? MAPPER.readTree(text) : null;
      if (json != null && json.isObject()) {
        json.properties().forEach(f -> add(fields, f.getKey(), f.getValue()));
        return fields;
      }
    } catch (JsonProcessingException e) {
      // a text that only begins like an object, or one that was cut
    }
    fields.put("", text);
    return fields;
  }

  /** A list is compared item by item. */
  private static void add(Map<String, String> fields, String name, JsonNode value) {
    if (value.isArray() && !value.isEmpty()) {
      for (int i = 0; i < value.size(); i++) {
        add(fields, name + "[" + i + "]", value.get(i));
      }
    } else if (!value.isNull()) {
      fields.put(name, value.isTextual() ? value.asText() : value.toString());
    }
  }
}
