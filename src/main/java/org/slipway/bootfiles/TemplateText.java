package org.slipway.bootfiles;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/**
 * Renders a template: Mustache, which has names and sections and no code. The library sees a map of
 * texts and nothing else: it is given no way to look into an object, to load another template or to
 * call anything. A value is inserted as it is and never read as a template.
 */
final class TemplateText {
  /** In bytes. */
  static final int LARGEST_TEMPLATE = 64 << 10;

  /** In characters. */
  static final int LONGEST_TEXT = 256 << 10;

  /** Each may hold all others, and a name is looked for in each that it stands in. */
  private static final int MOST_SECTIONS = 200;

  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(false)
          .emptyStringIsFalse(true)
          .withFormatter(TemplateText::text)
          .withLoader(name -> {
            throw new MustacheException("it includes another template, which is not possible");
          })
          .withCollector(new TextsOnly());

  private TemplateText() {}

  /**
   * @return UTF-8
   * @throws RefusedException {@code NO_PERMISSION}: no UTF-8, too large, not understood, or a
   *     variable that there is no value for
   */
  static byte[] render(byte[] template, Map<String, String> variables) {
    if (template.length > LARGEST_TEMPLATE) {
      throw refused("it is larger than " + LARGEST_TEMPLATE + " bytes");
    }
    try {
      String source =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(template)).toString();
      requireModest(source);
      Bounded text = new Bounded();
      COMPILER.compile(source).execute(Map.copyOf(variables), text);
      return text.toString().getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw refused("it is no UTF-8");
    } catch (MustacheException.Context e) {
      throw refused("there is no value for " + e.key + " in line " + e.lineNo);
    } catch (MustacheException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static RefusedException refused(String why) {
    return new RefusedException(
        Refusal.Kind.NO_PERMISSION, "The template cannot be rendered: " + why);
  }

  /** Other delimiters would hide sections from the count. */
  private static void requireModest(String source) {
    int sections = 0;
    for (int at = source.indexOf("{{"); at >= 0; at = source.indexOf("{{", at + 1)) {
      char kind = firstLetter(source, at + 2);
      if (kind == '=') {
        throw refused("it changes the delimiters, which is not possible");
      }
      if (kind == '#' || kind == '^' || kind == '$' || kind == '<') {
        sections++;
      }
    }
    if (sections > MOST_SECTIONS) {
      throw refused("it has more than " + MOST_SECTIONS + " sections");
    }
  }

  private static char firstLetter(String source, int from) {
    int at = from;
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    return at < source.length() ? source.charAt(at) : ' ';
  }

  /**
   * A value stands within its line: it cannot add another to a configuration. What stands for
   * "this" is the whole map, which is no text.
   */
  private static String text(Object value) {
    if (!(value instanceof String text)) {
      throw new MustacheException("it inserts what is no variable");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw new MustacheException("a value has a line break or another control character");
    }
    return text;
  }

  /** Looks into a map of texts; nothing else has anything in it. */
  private static final class TextsOnly implements Mustache.Collector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof List<?> list ? list.iterator() : null;
    }

    @Override
    public Mustache.VariableFetcher createFetcher(Object context, String name) {
      return context instanceof Map<?, ?> map && map.containsKey(name)
          ? (from, key) -> ((Map<?, ?>) from).get(key)
          : null;
    }

    /** What is in a map is asked anew: the keys of one say nothing of another. */
    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new HashMap<>();
    }
  }

  /** Ends the rendering of what grows too long. */
  private static final class Bounded extends StringWriter {
    @Override
    public void write(int c) {
      require(1);
      super.write(c);
    }

    @Override
    public void write(char[] text, int from, int length) {
      require(length);
      super.write(text, from, length);
    }

    @Override
    public void write(String text) {
      require(text.length());
      super.write(text);
    }

    @Override
    public void write(String text, int from, int length) {
      require(length);
      super.write(text, from, length);
    }

    private void require(int more) {
      if (getBuffer().length() + more > LONGEST_TEXT) {
        throw new MustacheException("its text is longer than " + LONGEST_TEXT + " characters");
      }
    }
  }
}
