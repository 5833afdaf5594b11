package org.slipway.api.model;

/**
 * What to do with something in the trash.
 *
 * @param op {@code restore}
 */
public record TrashOperation(String op) {}
