package org.slipway.accounts;

import java.util.Set;

/**
 * What may be done in one folder of a home and everything below it, in place of what may be done
 * elsewhere.
 *
 * @param path as the account names it, with a leading slash: {@code /images}; {@code /} is the home
 * @param channels by which ways it counts; empty is by every way
 */
public record FolderRule(String path, Set<Permission> permissions, Set<Channel> channels) {
  public FolderRule {
    permissions = Set.copyOf(permissions);
    channels = Set.copyOf(channels);
  }

  boolean countsOn(Channel channel) {
    return channels.isEmpty() || channels.contains(channel);
  }

  /** Whether a path is the folder or below it. */
  boolean covers(String other) {
    return isWithin(other, path);
  }

  /** Whether {@code path} is {@code folder} or below it. */
  static boolean isWithin(String path, String folder) {
    return folder.equals("/")
        || path.equals(folder)
        || path.length() > folder.length()
            && path.charAt(folder.length()) == '/'
            && path.startsWith(folder);
  }
}
