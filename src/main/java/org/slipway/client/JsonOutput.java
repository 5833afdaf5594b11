package org.slipway.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

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

  static void print(Object result, PrintWriter out) {
    try {
      out.println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result is always JSON", e);
    }
  }
}
