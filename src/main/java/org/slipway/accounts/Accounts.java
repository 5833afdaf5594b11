package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Topic;

/**
 * Changes accounts. Each change is one transaction, is in the audit trail, and is honoured by every
 * open session within a second. Whether the caller may do it is asked of {@link Authorization}
 * before.
 */
@Singleton
public final class Accounts {
  private final Changes changes;
  private final AccountDirectory directory;
  private final AuditTrail audit;
  private final PasswordRules passwordRules;
  private final List<BiConsumer<UUID, Boolean>> deletionListeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Account, Account>> changeListeners = new CopyOnWriteArrayList<>();

  @Inject
  public Accounts(
      Changes changes, AccountDirectory directory, AuditTrail audit, PasswordRules passwordRules) {
    this.changes = changes;
    this.directory = directory;
    this.audit = audit;
    this.passwordRules = passwordRules;
  }

  /**
   * Stores a new account.
   *
   * @throws RefusedException {@code ALREADY_EXISTS} if the user name is taken
   * @throws InvalidInputException for bad fields
   */
  public Account create(Account account, Who who) {
    new AccountRules().account(account).check();
    return create(account, who, AuditAction.ACCOUNT_CREATED, h -> {});
  }

  /**
   * @param alongside what is checked and changed in the same transaction, before; it may refuse
   */
  Account create(Account account, Who who, AuditAction action, Consumer<Handle> alongside) {
    changes.make(
        Topic.ACCOUNTS,
        (h, revision) -> {
          alongside.accept(h);
          if (AccountRows.find(h, account.username()).isPresent()) {
            throw new RefusedException(
                Refusal.Kind.ALREADY_EXISTS, "The user name " + account.username() + " is taken");
          }
          requireGroups(h, account);
          AccountRows.insert(h, account, revision);
          return null;
        });
    audit.done(who, action, account.username(), null, describe(account));
    return directory.byId(account.id()).orElseThrow();
  }

  /**
   * Changes an account: its fields, but neither its id nor its name.
   *
   * @param expectedRevision refuses with {@code CHANGED_MEANWHILE} if the account has another one
   * @throws RefusedException {@code NO_SUCH_THING}, or {@code CONFLICT} if no active administrator
   *     would be left
   */
  public Account change(
      String username, OptionalLong expectedRevision, UnaryOperator<Account> edit, Who who) {
    Account[] before = new Account[1];
    Account after =
        changes.make(
            Topic.ACCOUNTS,
            (h, revision) -> {
              before[0] = existing(h, username, expectedRevision);
              Account edited = edit.apply(before[0]);
              new AccountRules().account(edited).check();
              keepAnAdministrator(h, before[0], edited);
              requireGroups(h, edited);
              AccountRows.update(h, edited, revision);
              return edited;
            });
    audit.done(who, actionOf(before[0], after), username, describe(before[0]), describe(after));
    changeListeners.forEach(l -> l.accept(before[0], after));
    return directory.byId(after.id()).orElse(after);
  }

  /** Approves a waiting registration. */
  public Account approve(
      String username,
      Optional<Long> quotaBytes,
      Optional<Long> quotaFiles,
      Set<Role> roles,
      Who who) {
    return change(
        username,
        OptionalLong.empty(),
        a ->
            AccountEdit.of(a)
                .status(AccountStatus.ACTIVE, Optional.empty())
                .quota(quotaBytes, quotaFiles)
                .roles(roles)
                .account(),
        who);
  }

  /** Rejects a registration, or suspends or reactivates an account, with a reason. */
  public Account setStatus(
      String username, AccountStatus status, Optional<String> reason, Who who) {
    return change(
        username,
        OptionalLong.empty(),
        a -> AccountEdit.of(a).status(status, reason).account(),
        who);
  }

  /** Sets a new password, which ends every open session of the account. */
  public void setPassword(String username, String password, Who who) {
    setPassword(username, password, a -> {}, who);
  }

  /**
   * @param condition is asked of the account as it is when the password is set; it may refuse
   */
  void setPassword(String username, String password, Consumer<Account> condition, Who who) {
    passwordRules.check(password, username, directory.byUsername(username).flatMap(Account::email));
    String hash = PasswordHash.of(password);
    change(
        username,
        OptionalLong.empty(),
        a -> {
          condition.accept(a);
          return AccountEdit.of(a).newPassword(hash).account();
        },
        who);
  }

  /**
   * Deletes an account.
   *
   * @param withFiles whether its home goes too
   */
  public void delete(String username, boolean withFiles, Who who) {
    Account gone =
        changes.make(
            Topic.ACCOUNTS,
            (h, revision) -> {
              Account account = existing(h, username, OptionalLong.empty());
              keepAnAdministrator(h, account, null);
              if (SharedFolders.anyOwnedBy(h, account.id())) {
                throw new RefusedException(
                    Refusal.Kind.CONFLICT,
                    "Others use a shared folder of this account; stop sharing it first");
              }
              AccountRows.delete(h, account.id(), revision);
              return account;
            });
    audit.done(
        who,
        AuditAction.ACCOUNT_DELETED,
        username,
        describe(gone),
        AuditValues.of("files", withFiles ? "deleted" : "kept"));
    deletionListeners.forEach(l -> l.accept(gone.id(), withFiles));
  }

  /** Tells of a deleted account, and whether its files shall go. */
  public void onDeleted(BiConsumer<UUID, Boolean> listener) {
    deletionListeners.add(listener);
  }

  /** Tells of a changed account, as it was and as it is. */
  void onChanged(BiConsumer<Account, Account> listener) {
    changeListeners.add(listener);
  }

  /** Replaces a hash by a stronger one of the same password; no session ends. */
  public void upgradeHash(UUID id, String oldHash, String newHash) {
    changes.make(
        Topic.ACCOUNTS,
        (h, revision) ->
            h.execute(
                "UPDATE account SET password_hash = ?, revision = ? WHERE id = ? AND password_hash"
                    + " = ?",
                newHash,
                revision,
                id,
                oldHash));
  }

  private static Account existing(Handle h, String username, OptionalLong expectedRevision) {
    Account account =
        AccountRows.find(h, username)
            .orElseThrow(() ->
                new RefusedException(
                    Refusal.Kind.NO_SUCH_THING, "There is no account " + username));
    if (expectedRevision.isPresent() && expectedRevision.getAsLong() != account.revision()) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The account was changed meanwhile; read it again");
    }
    return account;
  }

  private static void requireGroups(Handle h, Account account) {
    for (String group : account.groups()) {
      if (!Groups.exists(h, group)) {
        throw new InvalidInputException(
            "groups", "group.unknown", "There is no group of the name " + group);
      }
    }
  }

  /**
   * One that expires does not count where one is left that does not: the day would come on which
   * nobody administers the portal any more.
   */
  private static void keepAnAdministrator(Handle h, Account before, Account after) {
    Predicate<Account> active = a -> a.isAdministrator() && a.status() == AccountStatus.ACTIVE;
    Predicate<Account> lasting = active.and(a -> a.expiresAt().isEmpty());
    if (isTheLast(h, before, after, active) || isTheLast(h, before, after, lasting)) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT,
          "This is the last active administrator whose account does not expire; make another one"
              + " first");
    }
  }

  private static boolean isTheLast(
      Handle h, Account before, Account after, Predicate<Account> kind) {
    return kind.test(before)
        && (after == null || !kind.test(after))
        && !AccountRows.anyOther(h, before.id(), kind);
  }

  private static AuditAction actionOf(Account before, Account after) {
    if (before.status() == after.status()) {
      return before.passwordGeneration() == after.passwordGeneration()
          ? AuditAction.ACCOUNT_CHANGED
          : AuditAction.PASSWORD_CHANGED;
    }
    return switch (after.status()) {
      case ACTIVE ->
          before.status() == AccountStatus.PENDING
              ? AuditAction.ACCOUNT_APPROVED
              : AuditAction.ACCOUNT_REACTIVATED;
      case SUSPENDED -> AuditAction.ACCOUNT_SUSPENDED;
      case REJECTED -> AuditAction.ACCOUNT_REJECTED;
      case PENDING -> AuditAction.ACCOUNT_CHANGED;
    };
  }

  /** For the audit trail: what matters of an account, never its hash. */
  private static String describe(Account a) {
    return AuditValues.of(
        "status", a.status(),
        "reason", a.statusReason(),
        "roles", a.roles(),
        "quotaBytes", a.quotaBytes(),
        "quotaFiles", a.quotaFiles(),
        "maxSessions", a.maxSessions(),
        "onConflict", a.onConflict(),
        "email", a.email(),
        "displayName", a.displayName(),
        "expires", a.expiresAt(),
        "groups", a.groups(),
        "policy", PolicyText.of(a.policy()));
  }
}
