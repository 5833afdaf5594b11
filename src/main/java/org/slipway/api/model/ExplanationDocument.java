package org.slipway.api.model;

import java.util.List;

/**
 * What a device would be answered now, and why.
 *
 * @param answer {@code OFFER} or {@code SILENCE}
 * @param reason why it is silence; null for an offer
 * @param step the path that would be offered
 * @param rules in the order in which they were looked at
 */
public record ExplanationDocument(
    String hardwareAddress,
    String answer,
    String reason,
    String step,
    String address,
    String serverAddress,
    List<Rule> rules) {

  /** One rule, whether it applied, and what it says in words. */
  public record Rule(String rule, boolean matched, String text) {}
}
