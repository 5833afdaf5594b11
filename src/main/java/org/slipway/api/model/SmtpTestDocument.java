package org.slipway.api.model;

/**
 * Whether the mail server took the mail.
 *
 * @param error what it or the connection said, if not
 */
public record SmtpTestDocument(boolean sent, String to, String error) {}
