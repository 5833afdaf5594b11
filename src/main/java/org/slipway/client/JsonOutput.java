package org.slipway.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints a result as one JSON object. */
final class JsonOutput {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonOutput() {}

  /** On one line, of many. */
  static void printLine(Object result, PrintWriter out) {
    try {
      out.println(MAPPER.writeValueAsString(result));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result is always JSON", e);
    }
  }

  /**
   * A failure, by the names that {@link ProvisionReport} has for it.
   *
   * @param known of the result
   */
  static ObjectNode failed(Object known, CommandFailedException failure) {
    return MAPPER
        .createObjectNode()
        .put("outcome", failure.exitCode().name())
        .put("exitCode", failure.exitCode().number())
        .put("error", failure.getMessage())
        .setAll(MAPPER.<ObjectNode>valueToTree(known));
  }

  static void print(Object result, PrintWriter out) {
    out.println(text(result));
    out.flush();
  }

  /** As a whole file, which is there entirely or not at all. */
  static void write(Object result, Path file) throws IOException {
    try (PartialFile partial = new PartialFile(file.toAbsolutePath(), PartialFile.Sum.AFTERWARDS)) {
      partial.write((text(result) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
      partial.publish();
    }
  }

  private static String text(Object result) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result is always JSON", e);
    }
  }
}
