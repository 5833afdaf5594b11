package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The one place that says whether an account may do something, over any channel. */
@Singleton
public final class Authorization {
  /** What may be done with a file or folder by whom it is moved; a move may not add to it. */
  private static final List<Permission> GAINED_BY_A_MOVE =
      List.of(Permission.LIST, Permission.READ, Permission.OVERWRITE, Permission.DELETE);

  private static final Predicate<AccessPolicy> EXEMPTS_FROM_TLS =
      policy -> policy.ftp().tls().filter(tls -> tls == FtpTls.OPTIONAL).isPresent();

  private static final long EXEMPT_FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final AccountDirectory accounts;
  private final AccessRules rules;
  private final Clock clock;
  private final List<AddressRule> ftpAddresses = new CopyOnWriteArrayList<>();
  private volatile boolean exempt;
  private volatile long exemptReadAt = System.nanoTime() - EXEMPT_FRESH_NANOS - 1;

  @Inject
  public Authorization(AccountDirectory accounts, AccessRules rules, Clock clock) {
    this.accounts = accounts;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * The account as it is now, if it may do anything at all; its state may have changed since login.
   */
  public Account current(UUID accountId) {
    Account account =
        accounts
            .byId(accountId)
            .orElseThrow(() ->
                new RefusedException(Refusal.Kind.NOT_LOGGED_IN, "The account does not exist"));
    account
        .stateRefusal(clock.instant())
        .ifPresent(r -> {
          throw r.asException();
        });
    return account;
  }

  /**
   * Whether some account may log in over FTP without TLS although the portal wants it from
   * everybody else. As it was within the last second: strangers may ask as often as they like.
   */
  public boolean isAnyExemptFromTls() {
    long now = System.nanoTime();
    if (now - exemptReadAt > EXEMPT_FRESH_NANOS) {
      exempt =
          rules.anyGroupSays(EXEMPTS_FROM_TLS)
              || accounts.all().stream().map(Account::policy).anyMatch(EXEMPTS_FROM_TLS);
      exemptReadAt = now;
    }
    return exempt;
  }

  /** What holds for an account now. */
  public EffectivePolicy policy(Account account) {
    return rules.of(account);
  }

  /**
   * Why an account may not come in, or stay, by this way from there now: its state, its channels,
   * networks and hours; empty if it may.
   */
  public Optional<Refusal> entryRefusal(Account account, Channel channel, InetAddress address) {
    return account
        .stateRefusal(clock.instant())
        .or(() -> rules.of(account).entryRefusal(channel, address, clock.instant()))
        .or(() -> channel == Channel.FTP ? addressRefusal(address) : Optional.empty());
  }

  private Optional<Refusal> addressRefusal(InetAddress address) {
    return ftpAddresses.stream().flatMap(rule -> rule.refusal(address).stream()).findFirst();
  }

  /** Asks one more rule before anybody comes in by FTP, which is how devices log in. */
  public void alsoForFtp(AddressRule rule) {
    ftpAddresses.add(rule);
  }

  /** Whether an account may do an action of the portal; empty if it may. */
  public Optional<Refusal> check(UUID accountId, Channel channel, Action action) {
    try {
      Account account = current(accountId);
      return account.hasRole(action.least())
          ? Optional.empty()
          : Optional.of(
              Refusal.of(
                  Refusal.Kind.NO_PERMISSION, "This needs the role " + action.least().name()));
    } catch (RefusedException e) {
      return Optional.of(e.refusal());
    }
  }

  /**
   * Whether an account may do something with a path of its home; empty if it may.
   *
   * @param path as the account names it; rights may differ by folder
   */
  public Optional<Refusal> check(
      UUID accountId, Channel channel, Permission permission, String path) {
    try {
      EffectivePolicy policy = rules.of(current(accountId));
      return refusal(policy, channel, permission, path);
    } catch (RefusedException e) {
      return Optional.of(e.refusal());
    }
  }

  private static Optional<Refusal> refusal(
      EffectivePolicy policy, Channel channel, Permission permission, String path) {
    EffectivePolicy.Said<Set<Permission>> here = policy.permissionsAt(channel, path);
    if (!here.value().contains(permission)) {
      return lacking(permission, here.source());
    }
    if (permission != Permission.DELETE && permission != Permission.RENAME) {
      return Optional.empty();
    }
    if (policy.mountOf(path).filter(m -> m.path().equals(path)).isPresent()) {
      return Optional.of(
          Refusal.of(Refusal.Kind.NO_PERMISSION, "A shared folder stays where it is"));
    }
    return policy.differingBelow(channel, path).stream()
        .map(below -> policy.permissionsAt(channel, below))
        .filter(below -> !below.value().contains(permission))
        .findFirst()
        .flatMap(below -> lacking(permission, below.source()));
  }

  private static Optional<Refusal> lacking(Permission permission, String source) {
    return Optional.of(
        Refusal.of(
            Refusal.Kind.NO_PERMISSION,
            "The account lacks the permission " + permission.name() + " (says " + source + ")"));
  }

  /**
   * Whether an account may give a file or folder another name or place; empty if it may. Both ends
   * need the permission to rename; the new place also needs what storing there takes, and may not
   * permit what the old one forbids. With a folder the same holds for all that is in it.
   *
   * @param folder whether it is a folder that moves
   */
  public Optional<Refusal> checkMove(
      UUID accountId, Channel channel, String from, String to, boolean folder) {
    return check(accountId, channel, Permission.RENAME, from)
        .or(() -> check(accountId, channel, Permission.RENAME, to))
        .or(() -> arrival(rules.of(current(accountId)), channel, new Move(from, to), folder));
  }

  /** A file or folder and what becomes of it. */
  private record Move(String from, String to) {}

  private static Optional<Refusal> arrival(
      EffectivePolicy policy, Channel channel, Move whole, boolean folder) {
    List<Permission> storing =
        folder ? List.of(Permission.MAKE_FOLDER, Permission.WRITE) : List.of(Permission.WRITE);
    return (folder ? parts(policy, channel, whole) : Stream.of(whole))
        .flatMap(part ->
            storing.stream()
                .flatMap(p -> refusal(policy, channel, p, part.to()).stream())
                .findFirst()
                .or(() -> gain(policy, channel, part))
                .stream())
        .findFirst();
  }

  /** The whole, and each part of it for which another rule holds at its old or its new place. */
  private static Stream<Move> parts(EffectivePolicy policy, Channel channel, Move whole) {
    Stream<Move> leaving =
        policy.differingBelow(channel, whole.from()).stream()
            .map(below -> new Move(below, whole.to() + below.substring(whole.from().length())));
    Stream<Move> arriving =
        policy.differingBelow(channel, whole.to()).stream()
            .map(below -> new Move(whole.from() + below.substring(whole.to().length()), below));
    return Stream.concat(Stream.of(whole), Stream.concat(leaving, arriving));
  }

  private static Optional<Refusal> gain(EffectivePolicy policy, Channel channel, Move move) {
    Set<Permission> gained = EnumSet.copyOf(GAINED_BY_A_MOVE);
    gained.retainAll(policy.permissionsAt(channel, move.to()).value());
    EffectivePolicy.Said<Set<Permission>> old = policy.permissionsAt(channel, move.from());
    gained.removeAll(old.value());
    return gained.stream().findFirst().flatMap(permission -> lacking(permission, old.source()));
  }

  public void require(UUID accountId, Channel channel, Action action) {
    check(accountId, channel, action).ifPresent(Authorization::refuse);
  }

  public void require(UUID accountId, Channel channel, Permission permission, String path) {
    check(accountId, channel, permission, path).ifPresent(Authorization::refuse);
  }

  public void requireMove(UUID accountId, Channel channel, String from, String to, boolean folder) {
    checkMove(accountId, channel, from, to, folder).ifPresent(Authorization::refuse);
  }

  private static void refuse(Refusal refusal) {
    throw refusal.asException();
  }
}
