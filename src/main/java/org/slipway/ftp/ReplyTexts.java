package org.slipway.ftp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.ftp.wire.Reply;

/**
 * The texts of replies in another language. The key of a text is the English one, so that the code
 * reads as what is sent; <code>{}</code> in it stands for what varies. A reply whose text nobody
 * knows keeps it; a refusal then says before it in the other language what its code means.
 *
 * <p>What programs read (FEAT, MLST, listings, names, numbers) is never changed.
 */
final class ReplyTexts {
  static final ReplyTexts CHINESE = new ReplyTexts(read("replies_zh.txt"));

  private static final String VARIES = "{}";

  /** Replies whose lines between the first and the last are for people. */
  private static final Set<Integer> LINES_FOR_PEOPLE = Set.of(200, 211);

  private final Map<String, String> fixed = new HashMap<>();
  private final List<Template> templates = new ArrayList<>();

  /**
   * A text of which something varies.
   *
   * @param letters how much of it is fixed
   */
  private record Template(Pattern english, String other, int letters) {}

  /**
   * @param texts by the English text; what a code means by the code
   */
  ReplyTexts(Map<String, String> texts) {
    texts.forEach((english, other) -> {
      if (english.contains(VARIES)) {
        templates.add(template(english, other));
      } else {
        fixed.put(english, other);
      }
    });
    templates.sort(Comparator.comparingInt(Template::letters).reversed());
  }

  private static Template template(String english, String other) {
    String[] parts = english.split(Pattern.quote(VARIES), -1);
    StringBuilder pattern = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      pattern.append("(.*)").append(Pattern.quote(parts[i]));
    }
    return new Template(
        Pattern.compile(pattern.toString(), Pattern.DOTALL),
        other,
        english.length() - VARIES.length() * (parts.length - 1));
  }

  /** Lines of an English text, a tab and the other one. */
  static Map<String, String> read(String resource) {
    Map<String, String> texts = new HashMap<>();
    try (InputStream in = ReplyTexts.class.getResourceAsStream(resource);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] pair = line.split("\t", 2);
        texts.put(pair[0], pair[1]);
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Reply translate(Reply reply) {
    List<String> lines = new ArrayList<>(reply.lines());
    int last = lines.size() - 1;
    for (int i = 0; i <= last; i++) {
      if (i == 0 || i == last || LINES_FOR_PEOPLE.contains(reply.code())) {
        String line = lines.get(i);
        lines.set(i, text(line).orElseGet(() -> unknown(reply.code(), line)));
      }
    }
    return new Reply(reply.code(), lines);
  }

  private String unknown(int code, String text) {
    String meaning = fixed.get(Integer.toString(code));
    return meaning == null ? text : meaning + "：" + text;
  }

  /** A text in the other language, if it is known. */
  Optional<String> text(String english) {
    String same = fixed.get(english);
    if (same != null) {
      return Optional.of(same);
    }
    for (Template template : templates) {
      Matcher m = template.english().matcher(english);
      if (m.matches()) {
        return Optional.of(filled(template.other(), m));
      }
    }
    return Optional.empty();
  }

  /** What varies is itself a text where it is known, such as why a session ends. */
  private String filled(String other, Matcher english) {
    String[] parts = other.split(Pattern.quote(VARIES), -1);
    StringBuilder out = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      String value = english.group(i);
      out.append(fixed.getOrDefault(value, value)).append(parts[i]);
    }
    return out.toString();
  }
}
