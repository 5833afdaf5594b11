package org.slipway.accounts;

/**
 * What is wrong with one field of an input.
 *
 * @param field its name as the contract spells it; nested as {@code steps[2].path}
 * @param code a key for translation, such as {@code username.pattern}
 * @param message the same in English
 */
public record Violation(String field, String code, String message) {}
