package org.slipway.api.model;

/**
 * What became of an application.
 *
 * @param id cannot be guessed; whoever has it may ask
 * @param status {@code PENDING}, {@code ACTIVE}, {@code SUSPENDED} or {@code REJECTED}
 * @param reason why, where an administrator gave one
 */
public record RegistrationDocument(String id, String status, String reason) {}
