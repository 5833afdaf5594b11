package org.slipway.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slipway.accounts.Account;

/**
 * A browser whose reader gave the right password and still owes the code. It opens no page, lives
 * for a few minutes and a few wrong codes, and is known to this browser alone.
 */
final class PendingSignIn {
  static final int MOST_WRONG_CODES = 5;
  static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String ATTRIBUTE = PendingSignIn.class.getName();

  private final Account account;
  private final Instant until;
  private final AtomicInteger wrongCodes = new AtomicInteger();

  private PendingSignIn(Account account, Instant until) {
    this.account = account;
    this.until = until;
  }

  static void begin(HttpServletRequest request, Account account, Instant now) {
    if (request.getSession(false) != null) {
      request.changeSessionId();
    }
    request
        .getSession(true)
        .setAttribute(ATTRIBUTE, new PendingSignIn(account, now.plus(PATIENCE)));
  }

  static Optional<PendingSignIn> of(HttpServletRequest request, Instant now) {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((PendingSignIn) session.getAttribute(ATTRIBUTE))
            .filter(pending -> now.isBefore(pending.until));
  }

  static void drop(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.removeAttribute(ATTRIBUTE);
    }
  }

  Account account() {
    return account;
  }

  /** Counts a wrong code; after too many the password is asked for again. */
  void wrongCode(HttpServletRequest request) {
    if (wrongCodes.incrementAndGet() >= MOST_WRONG_CODES) {
      drop(request);
    }
  }
}
