package org.slipway.api.model;

/**
 * What a device says about its run at the end.
 *
 * @param outcome {@code PROVISIONED} (also if it is left out) or {@code NOT_PROVISIONED}
 * @param text for a person, such as what failed; at most 300 characters; null for none
 */
public record ProvisionedRequest(String outcome, String text) {}
