package org.slipway.accounts;

import java.time.Instant;

/**
 * A session in the register of those that are open.
 *
 * @param id cannot be guessed, and gives nothing to whoever knows it
 * @param account as it was when the session opened
 */
public record OpenSession(String id, LiveSession session, Account account, Instant since) {}
