package org.slipway.web;

import java.util.List;
import java.util.Map;

/** A browser and its system in a few words, from what it says of itself. */
final class BrowserName {
  private static final List<Map.Entry<String, String>> BROWSERS =
      List.of(
          Map.entry("Edg/", "Edge"),
          Map.entry("OPR/", "Opera"),
          Map.entry("Firefox/", "Firefox"),
          Map.entry("Chrome/", "Chrome"),
          Map.entry("Safari/", "Safari"));
  private static final List<Map.Entry<String, String>> SYSTEMS =
      List.of(
          Map.entry("Android", "Android"),
          Map.entry("iPhone", "iOS"),
          Map.entry("iPad", "iPadOS"),
          Map.entry("Windows", "Windows"),
          Map.entry("Mac OS X", "macOS"),
          Map.entry("Linux", "Linux"));

  private BrowserName() {}

  /** Made of our own words only; what a browser calls itself is not shown. */
  static String of(String userAgent) {
    String text = userAgent == null ? "" : userAgent;
    return first(BROWSERS, text, "?") + " · " + first(SYSTEMS, text, "?");
  }

  private static String first(
      List<Map.Entry<String, String>> words, String text, String otherwise) {
    return words.stream()
        .filter(w -> text.contains(w.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(otherwise);
  }
}
