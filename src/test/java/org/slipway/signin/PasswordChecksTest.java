package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is served first when many want their password checked. */
class PasswordChecksTest {
  private final PasswordChecks checks = new PasswordChecks(1, Duration.ofSeconds(20));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> served = Collections.synchronizedList(new ArrayList<>());
  private final List<Future<Boolean>> all = new ArrayList<>();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private static Pair pair(String name, String source) {
    return new Pair(name, new Source(source));
  }

  private static PasswordChecks.Wish wish(String name, String source, boolean known, int failures) {
    return new PasswordChecks.Wish(pair(name, source), known, failures, false);
  }

  /** Begins to wait, and waits until it does, or somebody is sent away. */
  private Future<Boolean> arrives(String name, String source, boolean known, int failures) {
    return arrives(wish(name, source, known, failures));
  }

  private Future<Boolean> arrives(PasswordChecks.Wish wish) {
    int before = checks.waiting();
    long doneBefore = done();
    Future<Boolean> arrived =
        threads.submit(() -> {
          Optional<PasswordChecks.Turn> turn = checks.await(wish);
          turn.ifPresent(t -> {
            served.add(wish.pair().name());
            t.close();
          });
          return turn.isPresent();
        });
    all.add(arrived);
    while (checks.waiting() == before && done() == doneBefore) {
      Thread.onSpinWait();
    }
    return arrived;
  }

  private long done() {
    return all.stream().filter(Future::isDone).count();
  }

  private void awaitAll() throws Exception {
    for (Future<Boolean> one : all) {
      one.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void rightUsersGoFirstThenWhoFailedLeast() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "1", false, 0)).orElseThrow();
    arrives("failed-often", "2", false, 4);
    arrives("failed-once", "2", false, 1);
    arrives("newcomer", "3", false, 0);
    arrives("known", "4", true, 0);
    busy.close();
    awaitAll();
    assertThat(served).containsExactly("known", "newcomer", "failed-once", "failed-often");
  }

  @Test
  void whoIsKnownWaitsForNoStranger() {
    PasswordChecks impatient = new PasswordChecks(1, Duration.ofMillis(20));
    PasswordChecks.Turn stranger = impatient.await(wish("first", "1", false, 0)).orElseThrow();
    PasswordChecks.Turn known = impatient.await(wish("known", "2", true, 0)).orElseThrow();
    assertThat(impatient.await(wish("second", "3", false, 0))).isEmpty();
    assertThat(impatient.await(wish("other", "4", true, 0))).isEmpty();
    known.close();
    assertThat(impatient.await(wish("second", "3", false, 0))).isEmpty();
    stranger.close();
    assertThat(impatient.await(wish("second", "3", false, 0))).isPresent();
  }

  @Test
  void addressesTakeTurns() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "crowd", false, 0)).orElseThrow();
    arrives("crowd-1", "crowd", false, 0);
    arrives("crowd-2", "crowd", false, 0);
    arrives("lonely", "elsewhere", false, 0);
    busy.close();
    awaitAll();
    assertThat(served).containsExactly("lonely", "crowd-1", "crowd-2");
  }

  @Test
  void whoComesAloneGoesBeforeACrowdThatWasThereFirst() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "1", false, 0)).orElseThrow();
    arrives("crowd-1", "crowd", false, 0);
    arrives("crowd-2", "crowd", false, 0);
    arrives("gang-1", "gang", false, 0);
    arrives("gang-2", "gang", false, 0);
    arrives("lonely", "elsewhere", false, 0);
    busy.close();
    awaitAll();
    assertThat(served.getFirst()).isEqualTo("lonely");
  }

  @Test
  void oneAccountFromOneAddressIsCheckedOneAtATime() throws Exception {
    PasswordChecks two = new PasswordChecks(2, Duration.ofMillis(50));
    PasswordChecks.Turn first = two.await(wish("ann", "1", false, 0)).orElseThrow();
    assertThat(two.await(wish("ann", "1", false, 0))).isEmpty();
    assertThat(two.await(wish("ann", "2", false, 0))).isPresent();
    first.close();
    assertThat(two.await(wish("ann", "1", false, 0))).isPresent();
  }

  /** The right one waits for no more than one turn of each of the ten addresses. */
  @Test
  void aFloodFillsNoMoreThanItsPlacesAndGivesWay() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "1", false, 0)).orElseThrow();
    List<Future<Boolean>> flood = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      flood.add(arrives("guess" + i, "bot" + i % 10, false, 0));
    }
    assertThat(checks.waiting()).isLessThanOrEqualTo(48);
    Future<Boolean> right = arrives("right", "home", false, 0);
    Future<Boolean> known = arrives("known", "office", true, 0);
    busy.close();
    assertThat(known.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(right.get(10, TimeUnit.SECONDS)).isTrue();
    awaitAll();
    assertThat(served.indexOf("known")).isZero();
    assertThat(served.indexOf("right")).isLessThanOrEqualTo(11);
    assertThat(flood.stream().filter(f -> !f.resultNow()).count()).isGreaterThanOrEqualTo(150);
  }

  /** A hall of devices boots at once, each from its own address; somebody else is not held up. */
  @Test
  void devicesThatShareAnAccountWaitForItsFirstCheckTogether() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "1", false, 0)).orElseThrow();
    for (int i = 0; i < 500; i++) {
      arrives("devices", "device" + i, false, 0);
    }
    assertThat(checks.waiting()).isEqualTo(500);
    arrives("ann", "home", false, 0);
    busy.close();
    awaitAll();
    assertThat(all).allSatisfy(admitted -> assertThat(admitted.resultNow()).isTrue());
    assertThat(served.getFirst()).isEqualTo("ann");
  }

  @Test
  void evenOfOneAccountNoMoreThanAThousandWait() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "1", false, 0)).orElseThrow();
    for (int i = 0; i < 1_100; i++) {
      arrives("devices", "device" + i, false, 0);
    }
    assertThat(checks.waiting()).isEqualTo(1_024);
    busy.close();
    awaitAll();
    assertThat(all.stream().filter(Future::resultNow)).hasSize(1_024);
  }

  /** Failures are the mark of one who guesses: then each address counts. */
  @Test
  void whoFailedDoesNotWaitAsOneOfMany() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "1", false, 0)).orElseThrow();
    for (int i = 0; i < 100; i++) {
      arrives("devices", "bot" + i, false, 1);
    }
    assertThat(checks.waiting()).isEqualTo(48);
    busy.close();
    awaitAll();
    assertThat(all.stream().filter(Future::resultNow)).hasSize(48);
  }

  /** However many requests come with one name that has not failed yet. */
  @Test
  void requestsLeaveTheThreadsOfTheWebServerFree() throws Exception {
    PasswordChecks.Turn busy = checks.await(wish("first", "1", false, 0)).orElseThrow();
    PasswordChecks.Turn extra = checks.await(wish("second", "2", true, 0)).orElseThrow();
    for (int i = 0; i < 300; i++) {
      arrives(new PasswordChecks.Wish(pair("ann", "bot"), false, 0, true));
      arrives(new PasswordChecks.Wish(pair("bob", "office"), true, 0, true));
    }
    assertThat(checks.waiting()).isEqualTo(32 + 96);
    Future<Boolean> right = arrives(new PasswordChecks.Wish(pair("right", "home"), false, 0, true));
    arrives(wish("ftp", "home", false, 0));
    assertThat(checks.waiting()).isEqualTo(32 + 96 + 1);
    busy.close();
    extra.close();
    assertThat(right.get(10, TimeUnit.SECONDS)).isTrue();
    awaitAll();
    assertThat(served).contains("ftp");
  }

  @Test
  void whoWaitsTooLongIsSentAway() {
    PasswordChecks impatient = new PasswordChecks(1, Duration.ofMillis(20));
    PasswordChecks.Turn busy = impatient.await(wish("first", "1", false, 0)).orElseThrow();
    assertThat(impatient.await(wish("second", "2", false, 0))).isEmpty();
    assertThat(impatient.waiting()).isZero();
    busy.close();
    assertThat(impatient.await(wish("second", "2", false, 0))).isPresent();
  }
}
