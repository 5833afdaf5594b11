package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Accounts;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** What is remembered of right passwords, and how fast it is forgotten. */
class VerifiedCredentialsTest {
  private static final String PASSWORD = "a long password";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Account ann;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    ann = portal.user("ann", PASSWORD, Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void itKnowsOnlyTheVeryPasswordAndForAWhile() {
    VerifiedCredentials verified = new VerifiedCredentials(clock);
    assertThat(verified.knows(ann, PASSWORD)).isFalse();
    verified.remember(ann, PASSWORD);
    assertThat(verified.knows(ann, PASSWORD)).isTrue();
    assertThat(verified.knows(ann, PASSWORD + " ")).isFalse();
    assertThat(verified.knows(ann, "")).isFalse();
    clock.advance(Duration.ofMinutes(10));
    assertThat(verified.knows(ann, PASSWORD)).isFalse();
  }

  /** The other instance has the database alone in common; it looks twice a second. */
  @Test
  void aPasswordThatAnotherInstanceChangedIsForgottenWithItsNextLook() {
    Changes changes = new Changes(portal.jdbi);
    AccountDirectory directory = new AccountDirectory(portal.jdbi, changes);
    StoredPasswords other =
        new StoredPasswords(
            directory, new Accounts(changes, directory, portal.audit, portal.passwordRules), clock);
    assertThat(other.check("ann", PASSWORD)).isEqualTo(Verdict.RIGHT);
    assertThat(other.isKnownToBeRight("ann", PASSWORD)).isTrue();
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    changes.poll();
    assertThat(other.isKnownToBeRight("ann", PASSWORD)).isFalse();
    assertThat(other.check("ann", PASSWORD)).isEqualTo(Verdict.WRONG);
    assertThat(other.check("ann", "another password")).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aDeletedAccountIsForgottenAtOnce() {
    StoredPasswords passwords = new StoredPasswords(portal.directory, portal.accounts, clock);
    assertThat(passwords.check("ann", PASSWORD)).isEqualTo(Verdict.RIGHT);
    portal.accounts.delete("ann", false, Who.SYSTEM);
    assertThat(passwords.isKnownToBeRight("ann", PASSWORD)).isFalse();
    portal.user("ann", "quite another one", Optional.empty());
    assertThat(passwords.isKnownToBeRight("ann", PASSWORD)).isFalse();
  }

  @Test
  void itHoldsNoMoreThanItsBound() {
    VerifiedCredentials verified = new VerifiedCredentials(clock);
    Account last = ann;
    for (int i = 0; i < VerifiedCredentials.MOST + 10; i++) {
      last = copyWithNewId(i);
      verified.remember(last, PASSWORD);
    }
    assertThat(verified.size()).isLessThanOrEqualTo(VerifiedCredentials.MOST);
    assertThat(verified.knows(last, PASSWORD)).isTrue();
  }

  private Account copyWithNewId(int i) {
    return new Account(
        new java.util.UUID(1, i),
        ann.registrationId(),
        ann.username(),
        ann.email(),
        ann.displayName(),
        ann.status(),
        ann.statusReason(),
        ann.roles(),
        ann.quotaBytes(),
        ann.quotaFiles(),
        ann.maxSessions(),
        ann.onConflict(),
        ann.expiresAt(),
        ann.groups(),
        ann.policy(),
        ann.language(),
        ann.passwordHash(),
        ann.passwordGeneration(),
        ann.createdAt(),
        ann.revision());
  }
}
