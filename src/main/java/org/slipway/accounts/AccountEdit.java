package org.slipway.accounts;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes an account that differs from another in some fields; also the way to a new one. */
public final class AccountEdit {
  private Account a;

  private AccountEdit(Account account) {
    this.a = account;
  }

  public static AccountEdit of(Account account) {
    return new AccountEdit(account);
  }

  /** A new waiting account without a quota limit; checks the password. */
  public static AccountEdit fresh(String username, String password, Instant now) {
    new AccountRules().username(username).password(password, username).check();
    return applied(UnguessableId.next(), username, PasswordHash.of(password), now);
  }

  /** The same of an application, whose password was checked and hashed when it was made. */
  static AccountEdit applied(
      String registrationId, String username, String passwordHash, Instant now) {
    return new AccountEdit(
        new Account(
            UUID.randomUUID(),
            registrationId,
            username,
            Optional.empty(),
            username,
            AccountStatus.PENDING,
            Optional.empty(),
            Set.of(Role.USER),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OnConflict.OVERWRITE,
            Optional.empty(),
            EnumSet.allOf(Permission.class),
            Optional.empty(),
            passwordHash,
            0,
            now,
            0));
  }

  public Account account() {
    return a;
  }

  public AccountEdit status(AccountStatus status, Optional<String> reason) {
    return with(
        a.email(), a.displayName(), status, reason, a.roles(), a.quotaBytes(), a.quotaFiles());
  }

  public AccountEdit roles(Set<Role> roles) {
    return with(
        a.email(),
        a.displayName(),
        a.status(),
        a.statusReason(),
        roles,
        a.quotaBytes(),
        a.quotaFiles());
  }

  public AccountEdit quota(Optional<Long> bytes, Optional<Long> files) {
    return with(a.email(), a.displayName(), a.status(), a.statusReason(), a.roles(), bytes, files);
  }

  public AccountEdit email(Optional<String> email) {
    return with(
        email,
        a.displayName(),
        a.status(),
        a.statusReason(),
        a.roles(),
        a.quotaBytes(),
        a.quotaFiles());
  }

  public AccountEdit displayName(String name) {
    return with(
        a.email(), name, a.status(), a.statusReason(), a.roles(), a.quotaBytes(), a.quotaFiles());
  }

  /** How it stores: sessions at a time, conflicts, until when, and what it may do. */
  public AccountEdit use(
      Optional<Integer> maxSessions,
      OnConflict onConflict,
      Optional<Instant> expiresAt,
      Set<Permission> permissions) {
    a =
        new Account(
            a.id(),
            a.registrationId(),
            a.username(),
            a.email(),
            a.displayName(),
            a.status(),
            a.statusReason(),
            a.roles(),
            a.quotaBytes(),
            a.quotaFiles(),
            maxSessions,
            onConflict,
            expiresAt,
            permissions,
            a.language(),
            a.passwordHash(),
            a.passwordGeneration(),
            a.createdAt(),
            a.revision());
    return this;
  }

  public AccountEdit language(Optional<String> language) {
    return credentials(language, a.passwordHash(), a.passwordGeneration());
  }

  AccountEdit newPassword(String hash) {
    return credentials(a.language(), hash, a.passwordGeneration() + 1);
  }

  private AccountEdit credentials(Optional<String> language, String hash, int generation) {
    a =
        new Account(
            a.id(),
            a.registrationId(),
            a.username(),
            a.email(),
            a.displayName(),
            a.status(),
            a.statusReason(),
            a.roles(),
            a.quotaBytes(),
            a.quotaFiles(),
            a.maxSessions(),
            a.onConflict(),
            a.expiresAt(),
            a.permissions(),
            language,
            hash,
            generation,
            a.createdAt(),
            a.revision());
    return this;
  }

  private AccountEdit with(
      Optional<String> email,
      String displayName,
      AccountStatus status,
      Optional<String> statusReason,
      Set<Role> roles,
      Optional<Long> quotaBytes,
      Optional<Long> quotaFiles) {
    a =
        new Account(
            a.id(),
            a.registrationId(),
            a.username(),
            email,
            displayName,
            status,
            statusReason,
            Set.copyOf(roles),
            quotaBytes,
            quotaFiles,
            a.maxSessions(),
            a.onConflict(),
            a.expiresAt(),
            a.permissions(),
            a.language(),
            a.passwordHash(),
            a.passwordGeneration(),
            a.createdAt(),
            a.revision());
    return this;
  }
}
