package org.slipway.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/**
 * 64 clients at the edge of a quota, by every way that stores files, with aborts, renames,
 * deletions and overwrites, and {@code kill -9} at random moments. Not one byte or file is over at
 * any time, and after each restart the ledger says what is stored.
 *
 * <p>{@code -Dslipway.test.seed=N} repeats a choice of deeds and moments; {@code
 * -Dslipway.test.kills=10} kills more often: each costs a start.
 */
class QuotaAttackIT {
  private static final int CLIENTS = 64;
  private static final long QUOTA_BYTES = 2_000_000;
  private static final long QUOTA_FILES = 50;
  private static final int LONGEST_MILLIS = 3000;
  private static final String PASSWORD = "apple-Pie-17";

  /** Each way in turn gets a client. */
  private static final List<StoringClient.Way> WAYS =
      List.of(FtpStoringClient::new, RestStoringClient::new, WebStoringClient::new);

  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong overQuota = new AtomicLong();

  @Test
  void notOneByteOverAndExactAfterEachRestart() throws Exception {
    long seed = Long.getLong("slipway.test.seed", System.nanoTime());
    int kills = Integer.getInteger("slipway.test.kills", 3);
    System.out.println("QuotaAttackIT: -Dslipway.test.seed=" + seed);
    Random moments = new Random(seed);
    try (RunningPortal portal =
        RunningPortal.start(
            java.util.Map.of(
                "slipway.admin.username", RunningPortal.ADMIN_USERNAME,
                "slipway.admin.password", RunningPortal.ADMIN_PASSWORD,
                "slipway.ftp.max-sessions-per-address", "200"))) {
      Rest admin = Rest.administrator(portal);
      Path home = portal.dataDirectory().resolve("homes").resolve(account(admin));
      HomeWatcher watcher = new HomeWatcher(portal, home, QUOTA_BYTES, QUOTA_FILES);
      for (int round = 0; round <= kills; round++) {
        boolean kill = round < kills;
        attack(portal, watcher, moments.nextLong(), 200 + moments.nextInt(LONGEST_MILLIS), kill);
        if (kill) {
          watcher.lookAtRest();
          portal.startAgain();
          assertThat(watcher.staged()).isEmpty();
        }
        assertExact(admin, watcher);
      }
      System.out.printf(
          "QuotaAttackIT: %d done, %d refused, %d of them over quota, %d looks, fullest %s%n",
          stored.get(), refused.get(), overQuota.get(), watcher.looks(), watcher.fullest());
      JsonNode counted = admin.post("/accounts/lab/reconcile", "");
      assertThat(counted.get("usedBytes").asLong()).isEqualTo(watcher.lookAtRest().bytes());
      assertThat(watcher.fullest().bytes()).isGreaterThan(QUOTA_BYTES / 2);
    }
    assertThat(stored).hasPositiveValue();
    assertThat(overQuota).hasPositiveValue();
  }

  private static String account(Rest admin) {
    return admin
        .post(
            "/accounts",
            "{\"username\":\"lab\",\"password\":\"%s\",\"status\":\"ACTIVE\",\"quotaBytes\":%d,\"quotaFiles\":%d}"
                .formatted(PASSWORD, QUOTA_BYTES, QUOTA_FILES))
        .get("id")
        .asText();
  }

  private void attack(
      RunningPortal portal, HomeWatcher watcher, long seed, int millis, boolean kill)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        StoringClient.Way way = WAYS.get(i % WAYS.size());
        Random random = new Random(seed + i);
        all.add(threads.submit(() -> work(portal, way, random, over)));
      }
      all.add(
          threads.submit(() -> {
            watcher.watchUntil(over::get);
            return null;
          }));
      try {
        awaitStored();
        watcher.watchFor(millis);
        if (!kill) {
          awaitFull(watcher);
        }
      } finally {
        over.set(true);
      }
      if (kill) {
        portal.kill();
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(failures).isEmpty();
  }

  /** The moment of a kill counts from when the attack is in full swing. */
  private void awaitStored() {
    long wanted = stored.get() + 5;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (stored.get() < wanted) {
      assertThat(System.nanoTime()).as("nothing is stored").isLessThan(deadline);
      assertThat(failures).isEmpty();
      Thread.onSpinWait();
    }
  }

  /** What is to be shown has been seen; how long that takes depends on the machine. */
  private void awaitFull(HomeWatcher watcher) {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (overQuota.get() == 0 || watcher.fullest().bytes() <= QUOTA_BYTES / 2) {
      assertThat(System.nanoTime()).as("the quota is never reached").isLessThan(deadline);
      assertThat(failures).isEmpty();
      Thread.onSpinWait();
    }
  }

  private Void work(
      RunningPortal portal, StoringClient.Way way, Random random, AtomicBoolean over) {
    StoringClient client = null;
    while (!over.get()) {
      try {
        if (client == null) {
          client = way.open(portal, "lab", PASSWORD);
        }
        int status = deed(client, random);
        if (status == 500 || status == 451) {
          failures.add(client.getClass().getSimpleName() + " " + status);
        }
        (status < 300 ? stored : refused).incrementAndGet();
        if (status == 507 || status == 552) {
          overQuota.incrementAndGet();
        }
      } catch (StoringClient.AbortedException e) {
        client = null;
      } catch (java.io.IOException | RuntimeException e) {
        client = null;
        if (!over.get()) {
          failures.add(way + " " + e);
        }
      }
    }
    if (client != null) {
      client.close();
    }
    return null;
  }

  private static int deed(StoringClient client, Random random) throws java.io.IOException {
    String file = file(random);
    return switch (random.nextInt(12)) {
      case 0 -> client.delete(file);
      case 1, 2 -> client.rename(file, file(random));
      case 3 -> client.makeFolder("d" + random.nextInt(3));
      case 4 -> client.deleteFolder("d" + random.nextInt(3));
      case 5 -> client.abort(file, 20_000 + random.nextInt(100_000));
      default -> client.store(file, new byte[random.nextInt(150_000)]);
    };
  }

  private static String file(Random random) {
    String name = "f" + random.nextInt(20);
    return random.nextInt(3) > 0 ? name : "d" + random.nextInt(3) + "/" + name;
  }

  private static void assertExact(Rest admin, HomeWatcher watcher) {
    JsonNode account = awaitQuiet(admin);
    HomeWatcher.Content content = watcher.lookAtRest();
    assertThat(account.get("usedBytes").asLong()).isEqualTo(content.bytes());
    assertThat(account.get("usedFiles").asLong()).isEqualTo(content.files());
  }

  /** Uploads that were broken off may still be on their way out. */
  private static JsonNode awaitQuiet(Rest admin) {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (admin.get("/sessions").get("total").asInt() > 0) {
      assertThat(System.nanoTime()).as("sessions that stay").isLessThan(deadline);
    }
    return admin.get("/accounts/lab");
  }
}
