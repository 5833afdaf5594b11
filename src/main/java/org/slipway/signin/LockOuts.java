package org.slipway.signin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.settings.Settings;
import org.slipway.settings.SignInSettings;

/**
 * Counts failed sign-ins, and says who is locked out or slowed down. A name counts as it was typed,
 * whether there is such an account or not, so that nothing tells which names exist. In memory and
 * bounded; a restart forgets, which gives an attacker the first few attempts again.
 */
@Singleton
public final class LockOuts {
  static final int MOST = 100_000;

  private final Settings settings;
  private final AuditTrail audit;
  private final Clock clock;
  private final BoundedTable<Pair, Repeated> pairs = new BoundedTable<>(MOST, Repeated::failures);
  private final BoundedTable<String, Level> names = new BoundedTable<>(MOST, Level::amount);
  private final BoundedTable<Source, Level> sources = new BoundedTable<>(MOST, Level::amount);

  /**
   * Which names are locked out somewhere, so that a list of accounts need not look at all pairs.
   */
  private final BoundedTable<String, Instant> lockedNames =
      new BoundedTable<>(MOST, Instant::getEpochSecond);

  @Inject
  public LockOuts(Settings settings, AuditTrail audit, Clock clock) {
    this.settings = settings;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Why an attempt is not even looked at; empty if it is.
   *
   * @param known whether this account signed in from there lately: then only its own failures there
   *     count
   */
  synchronized Optional<LockOut> refusal(Pair pair, boolean known) {
    Instant now = clock.instant();
    Optional<LockOut> own = pairs.get(pair).filter(r -> r.isLocked(now)).map(r -> lockOut(pair, r));
    if (own.isPresent() || known) {
      return own;
    }
    return sources
        .get(pair.source())
        .flatMap(l -> slowed(pair.source(), l, now))
        .or(() -> names.get(pair.name()).flatMap(l -> slowed(pair.name(), l, now)));
  }

  /** How often it failed in a row. */
  synchronized int failures(Pair pair) {
    return pairs.get(pair).map(r -> r.at(clock.instant(), window()).failures()).orElse(0);
  }

  /**
   * Counts a failure.
   *
   * @return what began with it
   */
  synchronized List<LockOut> failed(Pair pair) {
    Instant now = clock.instant();
    List<LockOut> begun = new ArrayList<>();
    Repeated repeated = pairs.get(pair).orElse(Repeated.none()).failed(now, pairRule());
    pairs.put(pair, repeated);
    if (repeated.isLocked(now)) {
      begun.add(lockOut(pair, repeated));
      Instant until = lockedNames.get(pair.name()).orElse(Instant.EPOCH);
      lockedNames.put(pair.name(), until.isAfter(repeated.until()) ? until : repeated.until());
    }
    Level source = sources.get(pair.source()).orElse(Level.empty());
    sources.put(pair.source(), source.failed(now, sourceRule()));
    if (isFilled(source, now, sourceRule())) {
      slowed(pair.source(), source.failed(now, sourceRule()), now).ifPresent(begun::add);
    }
    Level name = names.get(pair.name()).orElse(Level.empty());
    names.put(pair.name(), name.failed(now, nameRule()));
    if (isFilled(name, now, nameRule())) {
      slowed(pair.name(), name.failed(now, nameRule()), now).ifPresent(begun::add);
    }
    return begun;
  }

  /** Whether this failure fills it after it had been well below; at the brim it is no news. */
  private static boolean isFilled(Level before, Instant now, Level.Rule rule) {
    double amount = before.amount(now, rule);
    return amount + 1 >= rule.most() && before.amount() + 0.5 < rule.most();
  }

  /** What failed before is forgiven, here. */
  synchronized void succeeded(Pair pair) {
    pairs.remove(pair);
  }

  /** Everybody who is not let in now, the longest first. */
  public synchronized List<LockOut> current() {
    Instant now = clock.instant();
    List<LockOut> all = new ArrayList<>();
    pairs
        .entries()
        .forEach((pair, r) -> {
          if (r.isLocked(now)) {
            all.add(lockOut(pair, r));
          }
        });
    sources.entries().forEach((source, l) -> slowed(source, l, now).ifPresent(all::add));
    names.entries().forEach((name, l) -> slowed(name, l, now).ifPresent(all::add));
    all.sort(
        Comparator.comparing(LockOut::until)
            .reversed()
            .thenComparing(LockOut::username)
            .thenComparing(LockOut::address));
    return List.copyOf(all);
  }

  /** Until when this account is locked out or slowed down anywhere; empty if it is not. */
  public synchronized Optional<Instant> lockedUntil(String username) {
    Instant now = clock.instant();
    String name = Pair.key(username);
    Optional<Instant> locked = lockedNames.get(name).filter(now::isBefore);
    Optional<Instant> slowed =
        names.get(name).flatMap(l -> slowed(name, l, now)).map(LockOut::until);
    return locked.isPresent() && slowed.isPresent()
        ? Optional.of(locked.get().isAfter(slowed.get()) ? locked.get() : slowed.get())
        : locked.or(() -> slowed);
  }

  /** Forgets every failure of this account, from everywhere. */
  public synchronized void liftAccount(String username, Who who) {
    String name = Pair.key(username);
    audit.done(who, AuditAction.LOCK_OUT_LIFTED, name, null, null);
    pairs.entries().keySet().removeIf(p -> p.name().equals(name));
    names.remove(name);
    lockedNames.remove(name);
  }

  /** Forgets what this address did with all accounts; what it did with each stays. */
  synchronized void clearSource(Source source) {
    sources.remove(source);
  }

  /** Lifts one; false if there is none of this id. */
  public synchronized boolean lift(String id, Who who) {
    Optional<LockOut> found = current().stream().filter(l -> l.id().equals(id)).findFirst();
    found.ifPresent(l -> {
      audit.done(
          who, AuditAction.LOCK_OUT_LIFTED, (l.username() + " " + l.address()).strip(), null, null);
      switch (l.kind()) {
        case ACCOUNT_AT_ADDRESS -> clearPair(new Pair(l.username(), new Source(l.address())));
        case ACCOUNT -> names.remove(l.username());
        case ADDRESS -> sources.remove(new Source(l.address()));
      }
    });
    return found.isPresent();
  }

  private void clearPair(Pair pair) {
    pairs.remove(pair);
    lockedNames.remove(pair.name());
    Instant now = clock.instant();
    Map<String, Instant> others = new HashMap<>();
    pairs
        .entries()
        .forEach((p, r) -> {
          if (p.name().equals(pair.name()) && r.isLocked(now)) {
            others.merge(p.name(), r.until(), (a, b) -> a.isAfter(b) ? a : b);
          }
        });
    others.forEach(lockedNames::put);
  }

  private static LockOut lockOut(Pair pair, Repeated r) {
    return new LockOut(
        LockOut.Kind.ACCOUNT_AT_ADDRESS,
        pair.name(),
        pair.source().text(),
        r.until(),
        r.failures());
  }

  private Optional<LockOut> slowed(Source source, Level level, Instant now) {
    return full(level, now, sourceRule())
        .map(until ->
            new LockOut(LockOut.Kind.ADDRESS, "", source.text(), until, (int) level.amount()));
  }

  private Optional<LockOut> slowed(String name, Level level, Instant now) {
    return full(level, now, nameRule())
        .map(until -> new LockOut(LockOut.Kind.ACCOUNT, name, "", until, (int) level.amount()));
  }

  private static Optional<Instant> full(Level level, Instant now, Level.Rule rule) {
    return Optional.of(level.free(now, rule)).filter(now::isBefore);
  }

  private Repeated.Rule pairRule() {
    return new Repeated.Rule(
        settings.get(SignInSettings.LOGIN_FAILURES),
        settings.get(SignInSettings.LOGIN_LOCK_OUT),
        settings.get(SignInSettings.LOGIN_LONGEST_LOCK_OUT),
        window());
  }

  private Level.Rule nameRule() {
    return new Level.Rule(settings.get(SignInSettings.LOGIN_ACCOUNT_FAILURES), window());
  }

  private Level.Rule sourceRule() {
    return new Level.Rule(settings.get(SignInSettings.LOGIN_ADDRESS_FAILURES), window());
  }

  private Duration window() {
    return settings.get(SignInSettings.LOGIN_WINDOW);
  }
}
