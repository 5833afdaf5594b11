package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/**
 * 64 at once do everything that can be done to a home at the edge of its quota, by chance, while
 * one looks again and again: the ledger says what is stored, and never is a byte or a file over.
 *
 * <p>{@code -Dslipway.test.seed=N} repeats a choice of deeds, {@code -Dslipway.test.ledger=PT5M}
 * makes it long.
 */
class QuotaModelTest {
  private static final int THREADS = 64;
  private static final long QUOTA_BYTES = 1_000_000;
  private static final long QUOTA_FILES = 40;
  private static final int LARGEST = 90_000;
  private static final int LOOKS = 20;

  private static final Set<Kind> TO_BE_EXPECTED =
      Set.of(
          Kind.OVER_QUOTA,
          Kind.NO_SUCH_FILE,
          Kind.ALREADY_EXISTS,
          Kind.NOT_A_FOLDER,
          Kind.IS_A_FOLDER,
          Kind.FOLDER_NOT_EMPTY,
          Kind.BAD_NAME);

  @TempDir Path folder;
  private PortalParts portal;
  private Account account;
  private FileArea home;
  private final Map<Kind, AtomicLong> refusals = new EnumMap<>(Kind.class);
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong looked = new AtomicLong();

  @Test
  void theLedgerSaysWhatIsStored() throws Exception {
    long seed = Long.getLong("slipway.test.seed", System.nanoTime());
    Duration length = Duration.parse(System.getProperty("slipway.test.ledger", "PT2S"));
    System.out.println("QuotaModelTest: -Dslipway.test.seed=" + seed);
    for (Kind kind : Kind.values()) {
      refusals.put(kind, new AtomicLong());
    }
    portal = PortalParts.open(folder);
    account = portal.user("ann", "a long password", Optional.of(QUOTA_BYTES));
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).quota(Optional.of(QUOTA_BYTES), Optional.of(QUOTA_FILES)).account(),
        Who.SYSTEM);
    home = portal.areas.home(account.id());
    attack(seed, System.nanoTime() + length.toNanos());
    System.out.printf(
        "QuotaModelTest: %d uploads published, %d looks, refused: %s%n",
        published.get(), looked.get(), refusals);
    assertThat(published).hasPositiveValue();
    assertThat(refusals.get(Kind.OVER_QUOTA)).hasPositiveValue();
    assertThat(looked.get()).isGreaterThanOrEqualTo(LOOKS);
    assertExactAfterwards();
  }

  private void attack(long seed, long end) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        all.add(
            threads.submit(() -> {
              while (System.nanoTime() < end) {
                attempt(random);
              }
            }));
      }
      all.add(
          threads.submit(() -> {
            for (int i = 0; i < LOOKS || System.nanoTime() < end; i++) {
              look();
            }
          }));
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private void attempt(Random random) {
    try {
      deed(random);
    } catch (RefusedException e) {
      assertThat(e.refusal().kind()).isIn(TO_BE_EXPECTED);
      refusals.get(e.refusal().kind()).incrementAndGet();
    }
  }

  private void deed(Random random) {
    switch (random.nextInt(20)) {
      case 0 -> home.deleteTree(folderName(random));
      case 1 -> home.makeFolders(folderName(random).child("inner"));
      case 2 -> home.deleteFolder(folderName(random).child("inner"));
      case 3 -> home.rename(folderName(random), folderName(random));
      case 4, 5 -> home.rename(file(random), file(random));
      case 6, 7 -> home.deleteFile(file(random));
      case 8 -> portal.ledger.flush();
      case 9 -> {
        if (random.nextInt(20) == 0) {
          portal.areas.reconcile(account.id());
        }
      }
      default -> upload(random);
    }
  }

  private void upload(Random random) {
    OnConflict onConflict =
        random.nextInt(4) > 0 ? OnConflict.OVERWRITE : OnConflict.values()[random.nextInt(3)];
    int size = random.nextInt(LARGEST);
    Optional<Long> expected = random.nextBoolean() ? Optional.of((long) size) : Optional.empty();
    boolean abort = random.nextInt(4) == 0;
    try (Upload upload = home.upload(file(random), onConflict, expected, random.nextBoolean())) {
      for (int left = abort ? size / 2 : size; left > 0; left -= Math.min(left, 32_768)) {
        upload.write(ByteBuffer.allocate(Math.min(left, 32_768)));
      }
      if (!abort) {
        upload.publish();
        published.incrementAndGet();
      }
    }
  }

  private static VirtualPath file(Random random) {
    String name = "f" + random.nextInt(14);
    return switch (random.nextInt(3)) {
      case 0 -> VirtualPath.parse(name);
      case 1 -> folderName(random).child(name);
      default -> folderName(random).child("inner").child(name);
    };
  }

  private static VirtualPath folderName(Random random) {
    return VirtualPath.parse("d" + random.nextInt(4));
  }

  /** Nothing of the home changes meanwhile, so that what is counted is true of one moment. */
  private void look() {
    portal.ledger.inOrder(
        account.id(),
        () -> {
          Amount stored = count(root());
          QuotaLedger.Usage usage = portal.ledger.usage(account.id());
          assertThat(new Amount(usage.usedBytes(), usage.usedFiles())).isEqualTo(stored);
          assertThat(stored.bytes()).isLessThanOrEqualTo(QUOTA_BYTES);
          assertThat(stored.files()).isLessThanOrEqualTo(QUOTA_FILES);
          assertThat(stored.bytes() + count(staging()).bytes())
              .as("with what is on its way")
              .isLessThanOrEqualTo(2 * QUOTA_BYTES);
          return null;
        });
    looked.incrementAndGet();
    Thread.yield();
  }

  private void assertExactAfterwards() {
    Amount stored = count(root());
    assertThat(count(staging())).isEqualTo(Amount.ZERO);
    portal.ledger.flush();
    portal.ledger.flush();
    assertThat(portal.ledger.unsettled()).isEmpty();
    portal.crash();
    portal = PortalParts.open(folder);
    QuotaLedger.Usage usage = portal.ledger.usage(account.id());
    assertThat(new Amount(usage.usedBytes(), usage.usedFiles())).isEqualTo(stored);
    assertThat(portal.areas.reconcile(account.id())).isEqualTo(stored);
    portal.close();
  }

  private Path root() {
    return folder.resolve("homes").resolve(account.id().toString());
  }

  private Path staging() {
    return folder.resolve("homes").resolve(".slipway-staging");
  }

  private static Amount count(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      long bytes = 0;
      long files = 0;
      for (Path each : (Iterable<Path>) all::iterator) {
        if (Files.isRegularFile(each)) {
          bytes += each.toFile().length();
          files++;
        }
      }
      return new Amount(bytes, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
