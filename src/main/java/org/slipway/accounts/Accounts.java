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
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slipway.audit.AuditTrail;
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
  private final List<BiConsumer<UUID, Boolean>> deletionListeners = new CopyOnWriteArrayList<>();

  @Inject
  public Accounts(Changes changes, AccountDirectory directory, AuditTrail audit) {
    this.changes = changes;
    this.directory = directory;
    this.audit = audit;
  }

  /**
   * Stores a new account.
   *
   * @throws RefusedException {@code ALREADY_EXISTS} if the user name is taken
   * @throws InvalidInputException for bad fields
   */
  public Account create(Account account, Who who) {
    new AccountRules().account(account).check();
    return create(account, who, "ACCOUNT_CREATED");
  }

  Account create(Account account, Who who, String action) {
    changes.make(
        Topic.ACCOUNTS,
        (h, revision) -> {
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
    new AccountRules().password(password, username).check();
    String hash = PasswordHash.of(password);
    change(username, OptionalLong.empty(), a -> AccountEdit.of(a).newPassword(hash).account(), who);
  }

  /**
   * Deletes an account.
   *
   * @param withFiles whether its home goes too
   */
  public void delete(String username, boolean withFiles, Who who) {
    UUID id =
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
              return account.id();
            });
    audit.done(who, "ACCOUNT_DELETED", username, "files " + (withFiles ? "deleted" : "kept"), null);
    deletionListeners.forEach(l -> l.accept(id, withFiles));
  }

  /** Tells of a deleted account, and whether its files shall go. */
  public void onDeleted(BiConsumer<UUID, Boolean> listener) {
    deletionListeners.add(listener);
  }

  /** Replaces a hash by a stronger one of the same password; no session ends. */
  void upgradeHash(UUID id, String oldHash, String newHash) {
    changes.make(
        Topic.ACCOUNTS,
        (h, revision) ->
            h.execute(
                "UPDATE account SET password_hash = ?, revision = ? WHERE id = ? AND password_hash = ?",
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

  private static void keepAnAdministrator(Handle h, Account before, Account after) {
    boolean wasOne = before.isAdministrator() && before.status() == AccountStatus.ACTIVE;
    boolean isOne =
        after != null && after.isAdministrator() && after.status() == AccountStatus.ACTIVE;
    if (wasOne && !isOne && !AccountRows.anyOtherActiveAdministrator(h, before.id())) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT, "This is the last active administrator; make another one first");
    }
  }

  private static String actionOf(Account before, Account after) {
    if (before.status() == after.status()) {
      return before.passwordGeneration() == after.passwordGeneration()
          ? "ACCOUNT_CHANGED"
          : "PASSWORD_CHANGED";
    }
    return switch (after.status()) {
      case ACTIVE ->
          before.status() == AccountStatus.PENDING ? "ACCOUNT_APPROVED" : "ACCOUNT_REACTIVATED";
      case SUSPENDED -> "ACCOUNT_SUSPENDED";
      case REJECTED -> "ACCOUNT_REJECTED";
      case PENDING -> "ACCOUNT_CHANGED";
    };
  }

  /** For the audit trail: what matters of an account, never its hash. */
  private static String describe(Account a) {
    return "status=%s reason=%s roles=%s quotaBytes=%s quotaFiles=%s email=%s displayName=%s expires=%s groups=%s policy=%s"
        .formatted(
            a.status(),
            a.statusReason().orElse(""),
            a.roles(),
            a.quotaBytes().map(Object::toString).orElse("unlimited"),
            a.quotaFiles().map(Object::toString).orElse("unlimited"),
            a.email().orElse(""),
            a.displayName(),
            a.expiresAt().map(Object::toString).orElse("never"),
            a.groups(),
            PolicyText.of(a.policy()));
  }
}
