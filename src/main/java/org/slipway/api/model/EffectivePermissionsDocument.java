package org.slipway.api.model;

import java.util.List;

/**
 * What an account may do at a path by a way, and why.
 *
 * @param permissions each permission, whether it is given, and why not
 * @param rules what was looked at, in its order
 */
public record EffectivePermissionsDocument(
    String username,
    String path,
    String channel,
    String address,
    List<Verdict> permissions,
    List<Rule> rules) {

  /**
   * @param reason a code such as {@code NO_PERMISSION}; null where it is allowed
   */
  public record Verdict(String permission, boolean allowed, String reason, String detail) {}

  /**
   * @param source who says so: {@code the account}, {@code group NAME}, {@code the shared folder
   *     NAME}, {@code the default}
   */
  public record Rule(String rule, boolean passed, String source, String text) {}
}
