package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.settings.CidrBlock;

/** Open sessions end when their account loses the right to them. */
class AccountSessionsTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Account ann;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    ann = portal.user("ann", "a long password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private record Recorded(UUID accountId, ConcurrentLinkedQueue<Refusal> ends)
      implements LiveSession {
    Recorded(Account account) {
      this(account.id(), new ConcurrentLinkedQueue<>());
    }

    @Override
    public Channel channel() {
      return Channel.FTP;
    }

    @Override
    public String address() {
      return "127.0.0.1";
    }

    @Override
    public void end(Refusal why) {
      ends.add(why);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  @Test
  void aSuspensionEndsEverySession() {
    Recorded one = opened();
    Recorded two = opened();
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    assertThat(one.ends()).extracting(Refusal::kind).contains(Refusal.Kind.ACCOUNT_SUSPENDED);
    assertThat(two.ends()).isNotEmpty();
  }

  @Test
  void aNewPasswordAndAnotherRoleEndThem() {
    Recorded one = opened();
    portal.accounts.setPassword("ann", "another password", Who.SYSTEM);
    assertThat(one.ends()).isNotEmpty();
    portal.sessions.closed(one);
    Recorded two = opened();
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).roles(Set.of(Role.OPERATOR)).account(),
        Who.SYSTEM);
    assertThat(two.ends()).isNotEmpty();
  }

  @Test
  void deletionEndsThem() {
    Recorded one = opened();
    portal.accounts.delete("ann", false, Who.SYSTEM);
    assertThat(one.ends()).isNotEmpty();
  }

  @Test
  void expiryEndsThemWithoutAnyChange() {
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a ->
            AccountEdit.of(a)
                .use(
                    Optional.empty(),
                    OnConflict.OVERWRITE,
                    Optional.of(clock.instant().plusSeconds(60)))
                .account(),
        Who.SYSTEM);
    Recorded one = opened();
    portal.sessions.reviewAll();
    assertThat(one.ends()).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    portal.sessions.reviewAll();
    assertThat(one.ends()).extracting(Refusal::kind).containsExactly(Refusal.Kind.ACCOUNT_EXPIRED);
  }

  @Test
  void anotherQuotaEndsNothing() {
    Recorded one = opened();
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).quota(Optional.of(5L), Optional.of(5L)).account(),
        Who.SYSTEM);
    assertThat(one.ends()).isEmpty();
  }

  @Test
  void theNumberOfSessionsIsExactUnderABurst() throws Exception {
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a ->
            AccountEdit.of(a).use(Optional.of(3), OnConflict.OVERWRITE, Optional.empty()).account(),
        Who.SYSTEM);
    Account limited = portal.directory.byId(ann.id()).orElseThrow();
    AtomicInteger opened = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 100; i++) {
        threads.execute(() -> {
          try {
            portal.sessions.open(limited, new Recorded(limited));
            opened.incrementAndGet();
          } catch (RefusedException e) {
            assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.TOO_MANY_SESSIONS);
          }
        });
      }
    }
    assertThat(opened).hasValue(3);
    portal.sessions.of(ann.id()).forEach(portal.sessions::closed);
    portal.sessions.open(limited, new Recorded(limited));
    assertThat(portal.sessions.of(ann.id())).hasSize(1);
  }

  @Test
  void aSessionOfASuspendedAccountEndsAsSoonAsItOpens() {
    Account before = ann;
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    Recorded late = new Recorded(before);
    portal.sessions.open(before, late);
    assertThat(late.ends()).isNotEmpty();
  }

  @Test
  void aClosedSessionIsNotEndedAgain() {
    Recorded one = opened();
    portal.sessions.closed(one);
    portal.sessions.closed(one);
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
    assertThat(one.ends()).isEmpty();
  }

  private Recorded opened() {
    Account now = portal.directory.byId(ann.id()).orElseThrow();
    Recorded session = new Recorded(now);
    portal.sessions.open(now, session);
    return session;
  }

  @Test
  void onlyAKnownAccountMayDoAnything() {
    assertThatThrownBy(() -> portal.authorization.current(UUID.randomUUID()))
        .isInstanceOf(RefusedException.class);
    assertThat(portal.authorization.check(ann.id(), Channel.API, Action.MANAGE_DEVICES))
        .isPresent();
    assertThat(portal.authorization.check(ann.id(), Channel.API, Action.USE_OWN_HOME)).isEmpty();
  }

  @Test
  void aSessionEndsWhenItsNetworkIsDenied() {
    portal.groups.put(
        new Group("lab", "", AccessPolicy.EMPTY, Group.Template.EMPTY, 0),
        OptionalLong.empty(),
        Who.SYSTEM);
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).access(List.of("lab"), AccessPolicy.EMPTY).account(),
        Who.SYSTEM);
    Recorded one = opened();
    assertThat(one.ends()).isEmpty();
    AccessPolicy denying =
        new AccessPolicy(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(CidrBlock.parse("127.0.0.0/8")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    portal.groups.put(
        new Group("lab", "", denying, Group.Template.EMPTY, 0), OptionalLong.empty(), Who.SYSTEM);
    assertThat(one.ends())
        .extracting(Refusal::kind)
        .containsExactly(Refusal.Kind.ADDRESS_NOT_ALLOWED);
  }

  @Test
  void aSessionOpenedWithTheNewPasswordStaysWhileAnOldOneEnds() {
    Recorded old = opened();
    portal.accounts.setPassword("ann", "yet another password", Who.SYSTEM);
    assertThat(old.ends()).isNotEmpty();
    Account now = portal.directory.byId(ann.id()).orElseThrow();
    Recorded fresh = new Recorded(now);
    portal.sessions.open(now, fresh);
    portal.sessions.reviewAll();
    assertThat(fresh.ends()).isEmpty();
  }
}
