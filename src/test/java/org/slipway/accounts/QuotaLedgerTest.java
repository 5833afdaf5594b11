package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;
import org.slipway.storage.FileArea;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/**
 * The ledger under uploads, deletions, crashes and many at once: what it says is what is stored.
 */
class QuotaLedgerTest {
  private static final long QUOTA = 1_000_000;

  @TempDir Path folder;
  private PortalParts portal;
  private Account account;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    account = portal.user("ann", "a long password", Optional.of(QUOTA));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void countsBytesAndFiles() {
    store("a", 10);
    store("b/c", 20);
    assertUsed(30, 2);
    store("a", 15);
    assertUsed(35, 2);
    home().deleteTree(VirtualPath.parse("b"));
    assertUsed(15, 1);
  }

  @Test
  void exactlyFullFitsAndOneByteMoreDoesNot() {
    store("full", QUOTA);
    assertUsed(QUOTA, 1);
    assertThatThrownBy(() -> store("more", 1))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.OVER_QUOTA));
    assertUsed(QUOTA, 1);
    assertThat(home().stat(VirtualPath.parse("more"))).isEmpty();
    assertThat(staged()).isZero();
  }

  @Test
  void aFullAccountMayReplaceAFileByOneOfTheSameSize() {
    store("full", QUOTA);
    store("full", QUOTA);
    assertUsed(QUOTA, 1);
    assertThatThrownBy(() -> store("full", QUOTA + 1)).isInstanceOf(RefusedException.class);
    assertUsed(QUOTA, 1);
  }

  @Test
  void aReplacedFileThatGoesMeanwhileGivesNoSecondRoom() {
    store("old", 600_000);
    try (Upload upload = upload("old", Optional.empty())) {
      upload.write(ByteBuffer.allocate(600_000));
      home().rename(VirtualPath.parse("old"), VirtualPath.parse("kept"));
      assertThatThrownBy(upload::publish).isInstanceOf(RefusedException.class);
    }
    assertUsed(600_000, 1);
    assertThat(home().stat(VirtualPath.parse("old"))).isEmpty();
  }

  @Test
  void anAnnouncedSizeIsRefusedBeforeAnyByte() {
    assertThatThrownBy(() -> upload("big", Optional.of(QUOTA + 1)))
        .isInstanceOf(RefusedException.class);
    assertThat(staged()).isZero();
    store("big", QUOTA);
  }

  @Test
  void theNumberOfFilesIsLimitedToo() {
    portal.accounts.change(
        "ann",
        java.util.OptionalLong.empty(),
        a -> AccountEdit.of(a).quota(Optional.empty(), Optional.of(2L)).account(),
        Who.SYSTEM);
    store("a", 1);
    store("b", 1);
    assertThatThrownBy(() -> store("c", 1)).isInstanceOf(RefusedException.class);
    home().deleteFile(VirtualPath.parse("a"));
    store("c", 1);
    assertUsed(2, 2);
  }

  @Test
  void manyAtOnceNeverExceedTheQuota() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String name = "f" + i % 120;
        int size = 12_000 + i * 37;
        boolean delete = i % 5 == 0;
        tasks.add(() -> tryToStore(name, size, delete));
      }
      long stored = 0;
      for (Future<Boolean> f : threads.invokeAll(tasks)) {
        stored += f.get() ? 1 : 0;
      }
      assertThat(stored).isBetween(1L, 199L);
    }
    QuotaLedger.Amount counted = counted();
    assertThat(counted.bytes()).isPositive().isLessThanOrEqualTo(QUOTA);
    assertUsed(counted.bytes(), counted.files());
    portal.ledger.flush();
    portal.ledger.flush();
    assertThat(portal.ledger.unsettled()).isEmpty();
    assertUsed(counted.bytes(), counted.files());
  }

  @Test
  void afterACrashWhatIsUsedIsWhatIsOnTheDisk() {
    store("a", 1000);
    portal.ledger.flush();
    store("b", 2000);
    home().deleteFile(VirtualPath.parse("a"));
    upload("half", Optional.empty()).write(ByteBuffer.allocate(5000));
    assertThat(staged()).isOne();
    portal.crash();
    portal = PortalParts.open(folder);
    assertUsed(2000, 1);
    assertThat(home().stat(VirtualPath.parse("half"))).isEmpty();
    assertThat(staged()).isZero();
  }

  @Test
  void aFilePutThereByHandIsCountedByAReconciliation() throws Exception {
    store("a", 10);
    Files.writeString(
        folder.resolve("homes").resolve(account.id().toString()).resolve("b"), "12345");
    assertThat(home().stat(VirtualPath.parse("b"))).isPresent();
    assertUsed(10, 1);
    portal.areas.reconcile(account.id());
    assertUsed(15, 2);
  }

  @Test
  void aSecondInstanceSharesTheQuota(@TempDir Path other) {
    Map<String, String> same =
        Map.of(
            "slipway.db.url",
            "jdbc:h2:mem:shared" + account.id(),
            "slipway.homes.dir",
            folder.resolve("homes2").toString());
    try (PortalParts one = PortalParts.open(folder.resolve("one"), Clock.systemUTC(), same);
        PortalParts two = PortalParts.open(other.resolve("two"), Clock.systemUTC(), same)) {
      Account shared = one.user("bob", "a long password", Optional.of(40L << 20));
      two.changes.poll();
      ByteBuffer twelve = ByteBuffer.allocate(12 << 20);
      int stored = 0;
      for (int i = 0; i < 6; i++) {
        PortalParts at = i % 2 == 0 ? one : two;
        try (Upload upload =
            at.areas
                .home(shared.id())
                .upload(
                    VirtualPath.parse("f" + i), OnConflict.OVERWRITE, Optional.empty(), false)) {
          upload.write(twelve.duplicate());
          upload.publish();
          stored++;
        } catch (RefusedException e) {
          assertThat(e.refusal().kind()).isEqualTo(Refusal.Kind.OVER_QUOTA);
        }
        at.ledger.flush();
        at.ledger.flush();
      }
      assertThat(stored).isEqualTo(3);
      assertThat(two.ledger.usage(shared.id()).usedBytes()).isEqualTo(36L << 20);
    }
  }

  private boolean tryToStore(String name, int size, boolean delete) {
    try {
      store(name, size);
      if (delete) {
        home().deleteFile(VirtualPath.parse(name));
      }
      return true;
    } catch (RefusedException e) {
      assertThat(e.refusal().kind()).isIn(Refusal.Kind.OVER_QUOTA, Refusal.Kind.NO_SUCH_FILE);
      return false;
    }
  }

  private void store(String path, long size) {
    try (Upload upload = upload(path, Optional.empty())) {
      for (long left = size; left > 0; left -= Math.min(left, 100_000)) {
        upload.write(ByteBuffer.allocate((int) Math.min(left, 100_000)));
      }
      upload.publish();
    }
  }

  private Upload upload(String path, Optional<Long> expected) {
    return home().upload(VirtualPath.parse(path), OnConflict.OVERWRITE, expected, true);
  }

  private FileArea home() {
    return portal.areas.home(account.id());
  }

  private long staged() {
    try (Stream<Path> files = Files.list(folder.resolve("homes").resolve(".slipway-staging"))) {
      return files.count();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private QuotaLedger.Amount counted() throws java.io.IOException {
    try (Stream<Path> files =
        Files.walk(folder.resolve("homes").resolve(account.id().toString()))) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      long bytes = regular.stream().mapToLong(p -> p.toFile().length()).sum();
      return new QuotaLedger.Amount(bytes, regular.size());
    }
  }

  private void assertUsed(long bytes, long files) {
    QuotaLedger.Usage usage = portal.ledger.usage(account.id());
    assertThat(usage.usedBytes()).isEqualTo(bytes);
    assertThat(usage.usedFiles()).isEqualTo(files);
  }
}
