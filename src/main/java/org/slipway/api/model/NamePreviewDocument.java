package org.slipway.api.model;

import java.util.List;

/**
 * What a client would get for a name, and why.
 *
 * @param device hardware address of the device that it is; null where nobody has entered it
 * @param path of the file that the name stands for; null where a rule says no
 * @param size in bytes of what would be sent
 * @param template whether the file is rendered for each device
 * @param text the beginning of what is rendered for this one
 * @param truncated whether the text goes on
 * @param refusal why nothing would be sent; null where something would
 * @param rules in the order in which they were looked at
 */
public record NamePreviewDocument(
    String name,
    String device,
    String path,
    boolean exists,
    long size,
    boolean template,
    String text,
    boolean truncated,
    Refusal refusal,
    List<Rule> rules) {

  /** Why not: a name for programs, and the same in words. */
  public record Refusal(String kind, String detail) {}

  /** One rule, whether it applied, and what it says in words. */
  public record Rule(String rule, boolean matched, String text) {}
}
