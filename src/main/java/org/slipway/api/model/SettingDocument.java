package org.slipway.api.model;

/**
 * A setting.
 *
 * @param value as its source names it; {@code ***} for a secret, empty for none
 * @param source {@code SYSTEM_PROPERTY}, {@code ENVIRONMENT}, {@code FILE}, {@code DATABASE},
 *     {@code RUN_COMMAND} or {@code DEFAULT}
 */
public record SettingDocument(String name, String value, String source) {}
