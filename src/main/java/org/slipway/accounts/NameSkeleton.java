package org.slipway.accounts;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left of a user name for a hasty eye (after Unicode TS 39 section 4, for the few
 * characters that a name may have): two names with one skeleton are twins, and nobody may call
 * himself as the twin of another. An administrator may name an account as he likes.
 */
final class NameSkeleton {
  private static final Set<String> RESERVED =
      Stream.of(
              "abuse",
              "admin",
              "administrator",
              "anonymous",
              "everyone",
              "ftp",
              "guest",
              "hostmaster",
              "nobody",
              "operator",
              "portal",
              "postmaster",
              "root",
              "security",
              "slipway",
              "support",
              "sysadmin",
              "system",
              "webmaster")
          .map(NameSkeleton::of)
          .collect(Collectors.toUnmodifiableSet());

  /** No name of a file on some system, alone or with an ending. */
  private static final String DEVICE = "(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?";

  private NameSkeleton() {}

  static String of(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace('0', 'o')
        .replace('1', 'l')
        .replace('i', 'l')
        .replace('5', 's')
        .replace("rn", "m")
        .replace("vv", "w")
        .replaceAll("[._-]+", "-")
        .replaceAll("-$", "");
  }

  /** Whether a name says something about its bearer that only an administrator may say. */
  static boolean isReserved(String name) {
    return RESERVED.contains(of(name)) || name.matches(DEVICE) || name.endsWith(".");
  }
}
