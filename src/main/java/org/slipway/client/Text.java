package org.slipway.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the client says, in the language of its user: English stands in the sources, Chinese beside
 * them in {@code texts_zh.txt}, a line for each text with a tab between the two.
 */
final class Text {
  private static final Map<String, String> CHINESE = read("texts_zh.txt");

  private Text() {}

  /**
   * The English text with its arguments, or the Chinese one where the user's locale asks for it.
   */
  static String of(String english, Object... arguments) {
    return in(Locale.getDefault(Locale.Category.DISPLAY), english, arguments);
  }

  static String in(Locale locale, String english, Object... arguments) {
    String text = translated(locale, english);
    return arguments.length == 0 ? text : text.formatted(arguments);
  }

  private static String translated(Locale locale, String english) {
    return locale.getLanguage().equals("zh") ? CHINESE.getOrDefault(english, english) : english;
  }

  static Map<String, String> chinese() {
    return Map.copyOf(CHINESE);
  }

  private static Map<String, String> read(String name) {
    Map<String, String> texts = new HashMap<>();
    try (InputStream in = Text.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          texts.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
