package org.slipway.inventory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slipway.inventory.BootptabEntries.Entry;

/** A bootptab(5), with the entries that others take their tags from by {@code tc}. */
final class Bootptab {
  private static final String TEMPLATE = "tc";
  private static final String HARDWARE_ADDRESS = "ha";

  /** Nobody has as many; a list that is made for it would take all the time there is. */
  private static final int MOST_TEMPLATES = 20;

  private static final int MOST_TAGS = 300;
  private static final int LONGEST_VALUE = 2000;

  private final DeviceList list = new DeviceList();
  private final Map<String, Entry> byName = new HashMap<>();
  private final Set<String> templates = new HashSet<>();

  private Bootptab(List<Entry> entries) {
    for (Entry entry : entries) {
      byName.putIfAbsent(entry.name(), entry);
      Optional.ofNullable(entry.tags().get(TEMPLATE))
          .map(EntryText::unquoted)
          .ifPresent(templates::add);
    }
  }

  static DeviceList read(String text) {
    List<Entry> entries = BootptabEntries.of(text);
    Bootptab bootptab = new Bootptab(entries);
    entries.forEach(bootptab::read);
    return bootptab.list;
  }

  private void read(Entry entry) {
    try {
      boolean template = entry.name().startsWith(".") || templates.contains(entry.name());
      if (template && !entry.tags().containsKey(HARDWARE_ADDRESS)) {
        return;
      }
      Map<String, String> tags = inherited(entry, new HashSet<>());
      if (entry.name().isEmpty()) {
        throw new UnreadableEntryException("import.field", "An entry begins with a name");
      }
      BootptabTags read = new BootptabTags(tags);
      list.add(
          new ListedDevice(
              entry.line(), entry.text(), read.hardwareAddress(), read.edit(entry.name())));
      read.notTaken()
          .forEach(why -> list.ignore(entry.line(), entry.text(), "import.notTaken", why));
    } catch (UnreadableEntryException e) {
      list.refuse(entry.line(), entry.text(), e.code(), e.getMessage());
    }
  }

  /** The tags of an entry, then those of its template that it neither has nor takes away. */
  private Map<String, String> inherited(Entry entry, Set<String> seen) {
    if (!seen.add(entry.name())) {
      throw new UnreadableEntryException(
          "import.template", "Its templates lead back to themselves: " + entry.name());
    }
    if (seen.size() > MOST_TEMPLATES
        || entry.tags().size() > MOST_TAGS
        || entry.tags().values().stream().anyMatch(v -> v.length() > LONGEST_VALUE)) {
      throw new UnreadableEntryException(
          "import.template",
          "It has too many templates or tags, or too long ones: " + entry.name());
    }
    Map<String, String> tags = new LinkedHashMap<>(entry.tags());
    String name = tags.remove(TEMPLATE);
    if (name != null) {
      Entry template = byName.get(EntryText.unquoted(name));
      if (template == null) {
        throw new UnreadableEntryException(
            "import.template", "There is no entry for tc=" + EntryText.unquoted(name));
      }
      inherited(template, seen)
          .forEach((tag, value) -> {
            if (!entry.tags().containsKey(tag + "@")) {
              tags.putIfAbsent(tag, value);
            }
          });
    }
    tags.keySet().removeIf(tag -> tag.endsWith("@"));
    return tags;
  }
}
