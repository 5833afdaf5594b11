package org.slipway.api;

import jakarta.ws.rs.core.EntityTag;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/** The revision of a thing as its entity tag, and the conditions on it (RFC 9110 section 13.1). */
final class Revision {
  private Revision() {}

  static EntityTag tag(long revision) {
    return new EntityTag(text(revision));
  }

  private static String text(long revision) {
    return Long.toString(revision);
  }

  /**
   * The revision that a change may meet, to be checked once more in its transaction.
   *
   * @param ifMatch the header, null where there is none
   * @param current empty where the thing does not exist
   * @throws RefusedException {@code CHANGED_MEANWHILE} if the header names another one
   */
  static OptionalLong expected(String ifMatch, OptionalLong current) {
    if (ifMatch == null) {
      return OptionalLong.empty();
    }
    require(matches(ifMatch, current.isPresent() ? text(current.getAsLong()) : null));
    return current;
  }

  /** The same of something that always exists, and has any other tag. */
  static Optional<String> expected(String ifMatch, String current) {
    if (ifMatch == null) {
      return Optional.empty();
    }
    require(matches(ifMatch, current));
    return Optional.of(current);
  }

  /** Checks the conditions of a change to something that has any other tag. */
  static void require(String ifMatch, String ifNoneMatch, Optional<String> current) {
    String tag = current.orElse(null);
    require(ifMatch == null || matches(ifMatch, tag));
    require(ifNoneMatch == null || !matches(ifNoneMatch, tag));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "It was changed meanwhile; read it again");
    }
  }

  private static boolean matches(String header, String tag) {
    return tag != null
        && (header.strip().equals("*")
            || Arrays.stream(header.split(",")).anyMatch(t -> t.strip().equals("\"" + tag + "\"")));
  }
}
