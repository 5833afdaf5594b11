package org.slipway.client;

import java.util.ArrayList;
import java.util.List;

/** A line of the shell as words: blanks part them, unless quoted or behind a backslash. */
final class ShellWords {
  private ShellWords() {}

  /**
   * @throws IllegalWordsException if a quote has no end
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        inWord = true;
      } else if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }
    if (quote != 0) {
      throw new IllegalWordsException();
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }

  /** A quote is open at the end of the line. */
  static final class IllegalWordsException extends RuntimeException {
    private IllegalWordsException() {
      super(Text.of("A quote has no end."));
    }
  }
}
