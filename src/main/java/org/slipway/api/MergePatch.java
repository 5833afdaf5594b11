package org.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;

/** JSON Merge Patch (RFC 7396): what is absent stays, what is null goes, lists are replaced. */
record MergePatch(ObjectNode patch) {
  static final String MEDIA_TYPE = "application/merge-patch+json";

  /** The patch that a body is; refuses anything but an object, which would replace the whole. */
  static MergePatch of(JsonNode body) {
    if (!(body instanceof ObjectNode object)) {
      throw new InvalidInputException("", "type", "The body must be a JSON object");
    }
    return new MergePatch(object);
  }

  boolean names(String field) {
    return patch.has(field);
  }

  /** What a document becomes. Fields that cannot be changed may only repeat their value. */
  <T extends Record> T appliedTo(T current, Class<T> type, Set<String> readOnly) {
    ObjectNode tree = ApiJson.MAPPER.valueToTree(current);
    checkNames(tree, type, readOnly);
    try {
      return ApiJson.MAPPER.treeToValue(merge(tree, patch), type);
    } catch (JsonProcessingException e) {
      throw new UnreadableJsonException(e);
    }
  }

  private void checkNames(ObjectNode current, Class<? extends Record> type, Set<String> readOnly) {
    Set<String> known =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    List<Violation> violations = new ArrayList<>();
    for (String name : (Iterable<String>) patch::fieldNames) {
      if (!known.contains(name)) {
        violations.add(new Violation(name, "unknown", "There is no field of this name"));
      } else if (readOnly.contains(name) && !repeats(current.get(name), patch.get(name))) {
        violations.add(new Violation(name, "readOnly", "This field cannot be changed"));
      }
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  /** Whether a value is the same; a number may come as another type than it is held in. */
  private static boolean repeats(JsonNode held, JsonNode given) {
    return held == null
        ? given.isNull()
        : held.equals(
            (one, other) ->
                one.isNumber() && other.isNumber()
                    ? one.decimalValue().compareTo(other.decimalValue())
                    : one.equals(other) ? 0 : 1,
            given);
  }

  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object : ApiJson.MAPPER.createObjectNode();
    changes
        .properties()
        .forEach(change -> {
          if (change.getValue().isNull()) {
            result.remove(change.getKey());
          } else {
            result.set(change.getKey(), merge(result.get(change.getKey()), change.getValue()));
          }
        });
    return result;
  }
}
