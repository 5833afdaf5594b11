package org.slipway.api;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Violation;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.SettingText;
import org.slipway.storage.VirtualPath;

/** Turns the texts of a document into values, and gathers what is wrong with any of them. */
final class Fields {
  private final List<Violation> violations = new ArrayList<>();

  /** Throws if anything was wrong. */
  void check() {
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  void bad(String field, String code, String message) {
    violations.add(new Violation(field, code, message));
  }

  /** A text that must be there. */
  String needed(String field, String text) {
    if (text == null || text.isEmpty()) {
      bad(field, "needed", "A value is needed");
      return "";
    }
    return text;
  }

  /** A folder of a home, as the file areas write it. */
  String folder(String field, String text) {
    String path = needed(field, text);
    if (!path.isEmpty() && !VirtualPath.isCanonical(path)) {
      bad(field, "path.pattern", "A folder of the home such as /images, without . and .. in it");
    }
    return path;
  }

  <E extends Enum<E>> E choice(String field, String text, Class<E> type, E absent) {
    if (text == null) {
      return absent;
    }
    E[] all = type.getEnumConstants();
    return Arrays.stream(all)
        .filter(e -> e.name().equals(text))
        .findFirst()
        .orElseGet(() -> {
          bad(field, "choice", "Allowed: " + Arrays.toString(all));
          return absent;
        });
  }

  <E extends Enum<E>> Set<E> choices(
      String field, List<String> texts, Class<E> type, Set<E> absent) {
    if (texts == null) {
      return absent;
    }
    Set<E> result = EnumSet.noneOf(type);
    for (String text : texts) {
      E value = choice(field, text == null ? "null" : text, type, null);
      if (value != null) {
        result.add(value);
      }
    }
    return result;
  }

  Optional<InetAddress> address(String field, String text) {
    return parsed(
        field, text, SettingText::address, "address", "A numeric IPv4 or IPv6 address is needed");
  }

  Optional<CidrBlock> subnet(String field, String text) {
    return parsed(
        field, text, CidrBlock::parse, "subnet", "A subnet such as 10.0.0.0/24 is needed");
  }

  List<InetAddress> addresses(String field, List<String> texts) {
    List<InetAddress> result = new ArrayList<>();
    List<String> given = list(texts);
    for (int i = 0; i < given.size(); i++) {
      String name = field + "[" + i + "]";
      address(name, needed(name, given.get(i))).ifPresent(result::add);
    }
    return result;
  }

  Map<String, String> texts(String field, Map<String, String> map) {
    Map<String, String> result = new TreeMap<>();
    if (map != null) {
      map.forEach((key, value) -> {
        if (value == null) {
          bad(field + "." + key, "needed", "A value is needed");
        } else {
          result.put(key, value);
        }
      });
    }
    return result;
  }

  private <T> Optional<T> parsed(
      String field, String text, Function<String, T> reader, String code, String message) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      bad(field, code, message);
      return Optional.empty();
    }
  }

  /** What an upload wishes of a name that exists; empty leaves it to the account. */
  static Optional<OnConflict> onConflict(String text) {
    Fields fields = new Fields();
    OnConflict wish = fields.choice("onConflict", text, OnConflict.class, null);
    fields.check();
    return Optional.ofNullable(wish);
  }

  /** An absent text and an empty one are the same. */
  static Optional<String> optional(String text) {
    return Optional.ofNullable(text).filter(t -> !t.isEmpty());
  }

  static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : list;
  }
}
