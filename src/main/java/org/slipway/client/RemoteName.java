package org.slipway.client;

import java.util.List;

/**
 * A file's name as the network gave it, known to be harmless: it cannot name anything outside the
 * folder that it is put into.
 *
 * @param text as it is asked for, with {@code /} between folders
 */
record RemoteName(String text) {
  RemoteName {
    String reason = objection(text);
    if (reason != null) {
      throw new UnsafeNameException(text, reason);
    }
  }

  /**
   * A boot file's name without the slash that it may begin with: bootpd puts one before every name,
   * and to a device it means the server's folder.
   *
   * @throws UnsafeNameException if what is left could harm
   */
  static RemoteName ofBootFile(String offered) {
    return new RemoteName(offered.startsWith("/") ? offered.substring(1) : offered);
  }

  /** Folder names and last the file's own. */
  List<String> segments() {
    return List.of(text.split("/"));
  }

  @Override
  public String toString() {
    return text;
  }

  private static String objection(String text) {
    if (text.isEmpty()) {
      return Text.of("it is empty");
    }
    if (text.codePoints().anyMatch(RemoteName::isUnprintable)) {
      return Text.of("it has a control character");
    }
    if (text.indexOf('\\') >= 0) {
      return Text.of("it has a backslash");
    }
    if (text.startsWith("/") || text.matches("[A-Za-z]:(/.*)?")) {
      return Text.of("it is absolute");
    }
    for (String segment : text.split("/", -1)) {
      switch (segment) {
        case ".." -> {
          return Text.of("it leads upwards");
        }
        case "", "." -> {
          return Text.of("it has an empty segment");
        }
        default -> {}
      }
      if (segment.startsWith(PartialFile.PREFIX)) {
        return Text.of("the client keeps such names for unfinished files");
      }
    }
    return null;
  }

  private static boolean isUnprintable(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** The name would leave the folder, or could not be shown or stored. */
  static final class UnsafeNameException extends RuntimeException {
    private UnsafeNameException(String text, String reason) {
      super(Text.of("the name \"%s\" is refused because %s", Printable.of(text), reason));
    }
  }
}
