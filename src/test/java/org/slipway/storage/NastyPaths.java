package org.slipway.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random paths out of everything that has ever led a server astray. */
public final class NastyPaths {
  private static final List<String> SEGMENTS =
      List.of(
          "a",
          "b",
          "d",
          "..",
          ".",
          "",
          "...",
          "..a",
          "a..",
          "\\",
          "..\\..",
          "a\\b",
          "x\0",
          "\u0001",
          "%2e%2e",
          "%2e",
          "%2f",
          "%00",
          "a.",
          "a ",
          " a",
          "~",
          "~root",
          "-rf",
          "$HOME",
          "con",
          "nul.txt",
          "a:b",
          "a;b",
          "a?b",
          "a#b",
          "a+b",
          "é",
          "e\u0301",
          "\uff0e\uff0e",
          "\u2025",
          "\u202eabc",
          "\u200f",
          "\u200b",
          "\ufeff",
          "\ud83d\ude80",
          "固件",
          "\u2028",
          "\u0085",
          ".slipway-x",
          ".Slipway-x",
          ".slipway",
          "x".repeat(255),
          "x".repeat(256),
          "é".repeat(128),
          "<b>#{7*7}</b>",
          "'; DROP TABLE account; --",
          "a\rb",
          "a\nb");

  private NastyPaths() {}

  /** How many paths a test tries; the property makes it long. */
  public static int count(int otherwise) {
    return Integer.getInteger("slipway.test.paths", otherwise);
  }

  /** The seed to print; the property repeats a run. */
  public static long seed() {
    return Long.getLong("slipway.test.seed", System.nanoTime());
  }

  public static List<String> of(long seed, int count) {
    Random random = new Random(seed);
    List<String> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder path = new StringBuilder(random.nextInt(4) == 0 ? "/" : "");
      int segments = 1 + random.nextInt(5);
      for (int s = 0; s < segments; s++) {
        path.append(s == 0 ? "" : "/").append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
      }
      result.add(path.toString());
    }
    return result;
  }
}
