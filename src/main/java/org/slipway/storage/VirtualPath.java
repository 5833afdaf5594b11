package org.slipway.storage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;

/**
 * A path as a client names it, absolute within its area. It cannot express "outside": there is no
 * way to make one that holds {@code ..}, a backslash, a control character or a reserved name.
 *
 * @param segments names from the root; empty is the root itself
 */
public record VirtualPath(List<String> segments) {
  /** Names with this prefix are ours: staging folders. */
  static final String RESERVED_PREFIX = ".slipway-";

  private static final int MAX_SEGMENT_BYTES = 255;
  private static final int MAX_PATH_BYTES = 1024;

  public static final VirtualPath ROOT = new VirtualPath(List.of());

  public VirtualPath {
    segments = List.copyOf(segments);
    int total = 0;
    for (String segment : segments) {
      total += checked(segment) + 1;
    }
    if (total > MAX_PATH_BYTES) {
      throw bad("The path is longer than " + MAX_PATH_BYTES + " bytes");
    }
  }

  /**
   * Reads a path from the root; a leading {@code /}, doubled and trailing ones are ignored, and so
   * is {@code .}.
   *
   * @throws RefusedException ({@code BAD_NAME}) for a name that cannot be
   */
  public static VirtualPath parse(String text) {
    return ROOT.resolve(text.startsWith("/") ? text : "/" + text);
  }

  /** Whether a text is a path that can be, written exactly as {@link #toString} writes it. */
  public static boolean isCanonical(String text) {
    try {
      return parse(text).toString().equals(text);
    } catch (RefusedException e) {
      return false;
    }
  }

  /**
   * Resolves a path as a shell would: relative to this one, or from the root if it begins with
   * {@code /}; {@code ..} goes up and stops at nothing.
   *
   * @throws RefusedException ({@code BAD_NAME}) if it would leave the root or has a bad name
   */
  public VirtualPath resolve(String text) {
    List<String> result = new ArrayList<>(text.startsWith("/") ? List.of() : segments);
    for (String name : text.split("/")) {
      switch (name) {
        case "", "." -> {}
        case ".." -> {
          if (result.isEmpty()) {
            throw bad("The path leads out of the root");
          }
          result.removeLast();
        }
        default -> {
          checked(name);
          result.add(name);
        }
      }
    }
    return new VirtualPath(result);
  }

  public boolean isRoot() {
    return segments.isEmpty();
  }

  /** The last name; empty for the root. */
  public String name() {
    return isRoot() ? "" : segments.getLast();
  }

  public Optional<VirtualPath> parent() {
    return isRoot()
        ? Optional.empty()
        : Optional.of(new VirtualPath(segments.subList(0, segments.size() - 1)));
  }

  /** With another last name in the same folder. */
  public VirtualPath sibling(String name) {
    return parent().orElseThrow().child(name);
  }

  public VirtualPath child(String name) {
    List<String> result = new ArrayList<>(segments);
    result.add(name);
    return new VirtualPath(result);
  }

  public boolean startsWith(VirtualPath other) {
    return segments.size() >= other.segments.size()
        && segments.subList(0, other.segments.size()).equals(other.segments);
  }

  /** Without a leading slash: {@code images/rootfs.img}. */
  public String relative() {
    return String.join("/", segments);
  }

  /** With a leading slash: {@code /images/rootfs.img}. */
  @Override
  public String toString() {
    return "/" + relative();
  }

  private static int checked(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw bad("The name is empty or only dots");
    }
    if (name.startsWith(RESERVED_PREFIX)) {
      throw bad("Names that begin with " + RESERVED_PREFIX + " are reserved");
    }
    name.codePoints()
        .filter(c ->
            c == '/'
                || c == '\\'
                || Character.isISOControl(c)
                || isLineBreak(c)
                || isLoneSurrogate(c))
        .findFirst()
        .ifPresent(c -> {
          throw bad("The name has a character that is not allowed: U+%04X".formatted(c));
        });
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_SEGMENT_BYTES) {
      throw bad("The name is longer than " + MAX_SEGMENT_BYTES + " bytes");
    }
    return bytes;
  }

  private static boolean isLineBreak(int c) {
    return c == 0x2028 || c == 0x2029;
  }

  private static boolean isLoneSurrogate(int c) {
    return c >= 0xD800 && c <= 0xDFFF;
  }

  private static RefusedException bad(String detail) {
    return new RefusedException(Refusal.Kind.BAD_NAME, detail);
  }
}
