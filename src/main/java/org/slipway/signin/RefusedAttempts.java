package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/**
 * Counts the attempts of those who are locked out, which come in numbers: one entry of the audit
 * trail for each address and minute, instead of one for each attempt.
 */
@Singleton
public final class RefusedAttempts {
  static final int MOST_SOURCES = 100;
  private static final Source OTHERS = new Source("");

  private final AuditTrail audit;
  private Map<Source, Counted> counts = new LinkedHashMap<>();

  private record Counted(Attempt last, long attempts) {}

  @Inject
  public RefusedAttempts(AuditTrail audit) {
    this.audit = audit;
  }

  synchronized void count(Attempt attempt) {
    Source source =
        counts.containsKey(attempt.source()) || counts.size() < MOST_SOURCES
            ? attempt.source()
            : OTHERS;
    counts.merge(
        source, new Counted(attempt, 1), (a, b) -> new Counted(b.last(), a.attempts() + 1));
  }

  /** Writes down what was counted; called about once a minute, and at the end. */
  public void flush() {
    Map<Source, Counted> counted;
    synchronized (this) {
      counted = counts;
      counts = new LinkedHashMap<>();
    }
    counted.forEach((source, c) -> {
      Attempt last = c.last();
      boolean others = source.equals(OTHERS);
      audit.refused(
          new Who(others ? "" : last.username(), source.text(), last.channel().name()),
          AuditAction.SIGN_IN,
          others ? "" : last.username(),
          "LOCKED_OUT " + c.attempts() + " attempts" + (others ? " from other addresses" : ""));
    });
  }
}
