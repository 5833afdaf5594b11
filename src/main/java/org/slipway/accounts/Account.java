package org.slipway.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A person or a device login. A value: a change makes a new one.
 *
 * @param id never changes; the home directory is named by it
 * @param registrationId cannot be guessed; the applicant follows the registration by it
 * @param quotaBytes how much it may store; empty is unlimited
 * @param groups names of the groups it is a member of; an earlier one is asked first
 * @param policy what it may do, from where and when, where it says so itself
 * @param passwordHash with algorithm and parameters beside it ({@link PasswordHash})
 * @param passwordGeneration grows with every new password; an upgraded hash keeps it
 * @param revision changes with every change of the account
 */
public record Account(
    UUID id,
    String registrationId,
    String username,
    Optional<String> email,
    String displayName,
    AccountStatus status,
    Optional<String> statusReason,
    Set<Role> roles,
    Optional<Long> quotaBytes,
    Optional<Long> quotaFiles,
    Optional<Integer> maxSessions,
    OnConflict onConflict,
    Optional<Instant> expiresAt,
    List<String> groups,
    AccessPolicy policy,
    Optional<String> language,
    String passwordHash,
    int passwordGeneration,
    Instant createdAt,
    long revision) {

  public Account {
    roles = Set.copyOf(roles);
    groups = List.copyOf(groups);
  }

  public boolean isAdministrator() {
    return roles.contains(Role.ADMIN);
  }

  /** An administrator has every role, an operator that of a user too. */
  public boolean hasRole(Role role) {
    return roles.stream().anyMatch(own -> own.compareTo(role) <= 0);
  }

  /** Why it can do nothing now; empty if it can. */
  public Optional<Refusal> stateRefusal(Instant now) {
    Refusal refusal =
        switch (status) {
          case PENDING ->
              Refusal.of(
                  Refusal.Kind.ACCOUNT_PENDING,
                  "The account waits for an administrator's approval");
          case SUSPENDED -> Refusal.of(Refusal.Kind.ACCOUNT_SUSPENDED, "The account is suspended");
          case REJECTED ->
              Refusal.of(Refusal.Kind.ACCOUNT_REJECTED, "The registration was rejected");
          case ACTIVE ->
              expiresAt.isPresent() && !now.isBefore(expiresAt.get())
                  ? Refusal.of(Refusal.Kind.ACCOUNT_EXPIRED, "The account has expired")
                  : null;
        };
    return Optional.ofNullable(refusal);
  }

  @Override
  public String toString() {
    return "Account[" + username + " " + id + " " + status + "]";
  }
}
