package org.slipway.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/** Paths at a server as text: absolute, with {@code /} between folders. */
final class RemotePath {
  private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*");

  private RemotePath() {}

  /** A path as the user names it, from the folder that the session is in. */
  static String resolve(String folder, String name) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : (name.startsWith("/") ? name : folder + "/" + name).split("/")) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static boolean isGlob(String text) {
    return GLOB.matcher(text).matches();
  }
}
