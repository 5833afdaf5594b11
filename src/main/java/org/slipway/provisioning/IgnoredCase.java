package org.slipway.provisioning;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.FileArea;
import org.slipway.storage.VirtualPath;

/**
 * Finds the file that a name means if upper and lower case are not told apart, as the boot loaders
 * of Windows expect it. Looked for only after a request has failed; anybody can send such requests,
 * so a folder is read once a second at most, only so many folders are, and none that is very large.
 */
final class IgnoredCase {
  /** A folder with more entries is not searched. */
  static final int MOST_ENTRIES = 10_000;

  private static final int MOST_FOLDERS = 64;
  private static final int MOST_READ_PER_SECOND = 16;
  private static final int MOST_CANDIDATES = 16;
  private static final long MILLIS = 1_000;

  private final FileArea area;
  private final Clock clock;
  private final Map<VirtualPath, Names> folders = new LinkedHashMap<>();
  private long second;
  private int read;

  /** The names of a folder by their lower-case spelling, as they were at a moment. */
  private record Names(long readAt, Map<String, List<String>> byLowerCase) {}

  /** A folder has too many entries to go on. */
  private static final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  IgnoredCase(FileArea area, Clock clock) {
    this.area = area;
    this.clock = clock;
  }

  /** The one path that a path which does not exist can mean; empty for none and for several. */
  synchronized Optional<VirtualPath> onlyMatch(VirtualPath asked) {
    List<VirtualPath> candidates = List.of(VirtualPath.ROOT);
    for (String name : asked.segments()) {
      List<VirtualPath> next = new ArrayList<>();
      for (VirtualPath folder : candidates) {
        names(folder).getOrDefault(lower(name), List.of()).stream()
            .map(folder::child)
            .forEach(next::add);
      }
      if (next.isEmpty() || next.size() > MOST_CANDIDATES) {
        return Optional.empty();
      }
      candidates = next;
    }
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  private Map<String, List<String>> names(VirtualPath folder) {
    long now = clock.millis();
    Names known = folders.get(folder);
    if (known != null && now - known.readAt() < MILLIS) {
      return known.byLowerCase();
    }
    if (!mayRead(now)) {
      return Map.of();
    }
    folders.remove(folder);
    if (folders.size() >= MOST_FOLDERS) {
      folders.remove(folders.keySet().iterator().next());
    }
    Names names = new Names(now, list(folder));
    folders.put(folder, names);
    return names.byLowerCase();
  }

  private boolean mayRead(long now) {
    if (now / MILLIS != second) {
      second = now / MILLIS;
      read = 0;
    }
    return read++ < MOST_READ_PER_SECOND;
  }

  private Map<String, List<String>> list(VirtualPath folder) {
    Map<String, List<String>> names = new HashMap<>();
    int[] entries = {0};
    try {
      area.list(
          folder,
          facts -> {
            if (++entries[0] > MOST_ENTRIES) {
              throw new TooManyException();
            }
            names.computeIfAbsent(lower(facts.name()), n -> new ArrayList<>(1)).add(facts.name());
          });
      return names;
    } catch (TooManyException | RefusedException e) {
      return Map.of();
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
