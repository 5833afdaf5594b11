package org.slipway.api.model;

/** Whose password is forgotten: one of the two is needed. */
public record PasswordResetRequest(String username, String email) {}
