package org.slipway.api.model;

/**
 * To whom a mail is sent to try the settings.
 *
 * @param to absent is the caller's own address
 */
public record SmtpTestRequest(String to) {}
