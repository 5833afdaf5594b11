package org.slipway.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a bootptab(5): {@code name:tag=value:tag:tag@:...}, over several lines where each
 * ends with a backslash. Lines that begin with {@code #} are comments, in the middle of an entry
 * too; a colon between quotation marks separates nothing.
 */
final class BootptabEntries {

  /**
   * One entry.
   *
   * @param line where it begins, from 1
   * @param name of the host; by custom with a dot in front where it is a template for others
   * @param tags in their order; a tag that stands twice counts the first time. {@code tag@} is a
   *     name with the at sign, a tag without a value has an empty one
   */
  record Entry(int line, String text, String name, Map<String, String> tags) {}

  private BootptabEntries() {}

  static List<Entry> of(String text) {
    List<Entry> entries = new ArrayList<>();
    StringBuilder joined = new StringBuilder();
    int line = 0;
    int begin = 0;
    for (String each : text.split("\\R", -1)) {
      line++;
      String said = each.strip();
      if (said.startsWith("#")) {
        continue;
      }
      begin = joined.isEmpty() ? line : begin;
      boolean goesOn = said.endsWith("\\");
      joined.append(goesOn ? said.substring(0, said.length() - 1) : said);
      if (!goesOn) {
        add(begin, joined.toString(), entries);
        joined.setLength(0);
      }
    }
    add(begin, joined.toString(), entries);
    return entries;
  }

  private static void add(int line, String text, List<Entry> entries) {
    if (text.isBlank()) {
      return;
    }
    List<String> fields = fields(text);
    Map<String, String> tags = new LinkedHashMap<>();
    for (String field : fields.subList(1, fields.size())) {
      int equals = field.indexOf('=');
      String tag = (equals < 0 ? field : field.substring(0, equals)).strip();
      if (!tag.isEmpty()) {
        tags.putIfAbsent(tag, equals < 0 ? "" : field.substring(equals + 1).strip());
      }
    }
    entries.add(new Entry(line, text, fields.getFirst().strip(), tags));
  }

  private static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (char c : text.toCharArray()) {
      quoted ^= c == '"';
      if (c == ':' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
