package org.slipway.api.model;

/**
 * What became of an application.
 *
 * @param id cannot be guessed; whoever has it may ask
 * @param status {@code PENDING}, {@code ACTIVE}, {@code SUSPENDED} or {@code REJECTED}
 * @param reason why, where an administrator gave one
 * @param waitsFor {@code CONFIRMATION} of the e-mail address or {@code APPROVAL}; null if for
 *     nothing
 */
public record RegistrationDocument(String id, String status, String reason, String waitsFor) {}
