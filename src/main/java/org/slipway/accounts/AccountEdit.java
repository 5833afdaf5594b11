package org.slipway.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes an account that differs from another in some fields; also the way to a new one. */
public final class AccountEdit {
  private final Account old;
  private Optional<String> email;
  private String displayName;
  private AccountStatus status;
  private Optional<String> statusReason;
  private Set<Role> roles;
  private Optional<Long> quotaBytes;
  private Optional<Long> quotaFiles;
  private Optional<Integer> maxSessions;
  private OnConflict onConflict;
  private Optional<Instant> expiresAt;
  private List<String> groups;
  private AccessPolicy policy;
  private Optional<String> language;
  private String passwordHash;
  private int passwordGeneration;

  private AccountEdit(Account old) {
    this.old = old;
    this.email = old.email();
    this.displayName = old.displayName();
    this.status = old.status();
    this.statusReason = old.statusReason();
    this.roles = old.roles();
    this.quotaBytes = old.quotaBytes();
    this.quotaFiles = old.quotaFiles();
    this.maxSessions = old.maxSessions();
    this.onConflict = old.onConflict();
    this.expiresAt = old.expiresAt();
    this.groups = old.groups();
    this.policy = old.policy();
    this.language = old.language();
    this.passwordHash = old.passwordHash();
    this.passwordGeneration = old.passwordGeneration();
  }

  public static AccountEdit of(Account account) {
    return new AccountEdit(account);
  }

  /**
   * A new waiting account without a quota limit. Whoever lets people choose the password asks
   * {@link PasswordRules} before; here only its length is looked at.
   */
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
            List.of(),
            AccessPolicy.EMPTY,
            Optional.empty(),
            passwordHash,
            0,
            now,
            0));
  }

  public Account account() {
    return new Account(
        old.id(),
        old.registrationId(),
        old.username(),
        email,
        displayName,
        status,
        statusReason,
        roles,
        quotaBytes,
        quotaFiles,
        maxSessions,
        onConflict,
        expiresAt,
        groups,
        policy,
        language,
        passwordHash,
        passwordGeneration,
        old.createdAt(),
        old.revision());
  }

  public AccountEdit status(AccountStatus next, Optional<String> reason) {
    status = next;
    statusReason = reason;
    return this;
  }

  public AccountEdit roles(Set<Role> next) {
    roles = next;
    return this;
  }

  public AccountEdit quota(Optional<Long> bytes, Optional<Long> files) {
    quotaBytes = bytes;
    quotaFiles = files;
    return this;
  }

  public AccountEdit email(Optional<String> next) {
    email = next;
    return this;
  }

  public AccountEdit displayName(String next) {
    displayName = next;
    return this;
  }

  /** How it is used: sessions at a time, conflicts of names, until when. */
  public AccountEdit use(
      Optional<Integer> sessions, OnConflict conflict, Optional<Instant> expires) {
    maxSessions = sessions;
    onConflict = conflict;
    expiresAt = expires;
    return this;
  }

  /** What it may do, from where and when. */
  public AccountEdit access(List<String> memberOf, AccessPolicy says) {
    groups = memberOf;
    policy = says;
    return this;
  }

  /** Fills in what the template says of a new account. */
  public AccountEdit template(Group.Template template, Instant now) {
    quotaBytes = template.quotaBytes().or(() -> quotaBytes);
    quotaFiles = template.quotaFiles().or(() -> quotaFiles);
    maxSessions = template.maxSessions().or(() -> maxSessions);
    onConflict = template.onConflict().orElse(onConflict);
    expiresAt =
        template.validDays().map(days -> now.plus(Duration.ofDays(days))).or(() -> expiresAt);
    roles = template.roles().orElse(roles);
    return this;
  }

  public AccountEdit language(Optional<String> next) {
    language = next;
    return this;
  }

  AccountEdit newPassword(String hash) {
    passwordHash = hash;
    passwordGeneration++;
    return this;
  }
}
