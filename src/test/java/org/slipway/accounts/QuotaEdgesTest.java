package org.slipway.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;
import org.slipway.storage.FileArea;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/** What an attacker, or bad luck, can do to a ledger between two of its steps. */
class QuotaEdgesTest {
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
  void aReconciliationDuringAnUploadNeedsNoSecondRoom() {
    try (Upload upload = begin("a", Optional.empty())) {
      upload.write(ByteBuffer.allocate(600_000));
      assertThat(portal.areas.reconcile(account.id())).isEqualTo(QuotaLedger.Amount.ZERO);
      refused(Kind.OVER_QUOTA, () -> store("b", 400_001));
      upload.publish();
    }
    store("b", 400_000);
    assertUsed(QUOTA, 2);
  }

  @Test
  void aReconciliationThatFindsMoreThanTheQuotaLetsNothingMoreIn() throws Exception {
    try (Upload upload = begin("a", Optional.empty())) {
      upload.write(ByteBuffer.allocate(600_000));
      Files.write(home("by-hand"), new byte[400_001]);
      portal.areas.reconcile(account.id());
      refused(Kind.OVER_QUOTA, upload::publish);
    }
    assertUsed(400_001, 1);
  }

  @Test
  void aLoweredQuotaHoldsForWhatWasClaimedBefore() {
    store("a", 1000);
    quota(Optional.of(2000L), Optional.of(100L));
    refused(Kind.OVER_QUOTA, () -> store("b", 1001));
    store("b", 1000);
    assertUsed(2000, 2);
  }

  @Test
  void aLoweredQuotaStopsAnUploadUnderWay() {
    try (Upload upload = begin("a", Optional.of(500_000L))) {
      upload.write(ByteBuffer.allocate(1000));
      quota(Optional.of(400_000L), Optional.empty());
      refused(Kind.OVER_QUOTA, () -> upload.write(ByteBuffer.allocate(1000)));
    }
    assertUsed(0, 0);
    try (Upload upload = begin("a", Optional.of(300_000L))) {
      upload.write(ByteBuffer.allocate(300_000));
      quota(Optional.of(299_999L), Optional.empty());
      refused(Kind.OVER_QUOTA, upload::publish);
    }
    try (Upload upload = begin("a", Optional.empty())) {
      quota(Optional.empty(), Optional.of(0L));
      refused(Kind.OVER_QUOTA, upload::publish);
    }
    assertUsed(0, 0);
  }

  @Test
  void anAccountOverItsLoweredQuotaMayShrink() {
    store("a", 900_000);
    store("b", 50_000);
    quota(Optional.of(500_000L), Optional.of(1L));
    refused(Kind.OVER_QUOTA, () -> store("c", 0));
    refused(Kind.OVER_QUOTA, () -> store("a", 900_001));
    store("a", 800_000);
    assertUsed(850_000, 2);
    area().deleteFile(VirtualPath.parse("a"));
    assertUsed(50_000, 1);
    area().rename(VirtualPath.parse("b"), VirtualPath.parse("c"));
    store("c", 500_000);
    assertUsed(500_000, 1);
  }

  @Test
  void unusedClaimsAreGivenBackWhileAnUploadStalls() {
    try (Upload upload = begin("a", Optional.empty())) {
      upload.write(ByteBuffer.allocate(1000));
      portal.ledger.flush();
      portal.ledger.flush();
      assertThat(claimed()).isEqualTo(1000);
    }
    portal.ledger.flush();
    portal.ledger.flush();
    assertThat(claimed()).isZero();
  }

  /** Else uploads over one file could fill the disk with many times the quota. */
  @Test
  void theRoomOfAFileIsCreditedToOneUploadAtATime() {
    store("a", 900_000);
    try (Upload first = begin("a", Optional.of(900_000L))) {
      refused(Kind.OVER_QUOTA, () -> begin("a", Optional.of(900_000L)));
      area().rename(VirtualPath.parse("a"), VirtualPath.parse("b"));
      refused(Kind.OVER_QUOTA, () -> begin("b", Optional.of(900_000L)));
      assertThat(first.size()).isZero();
    }
    begin("b", Optional.of(900_000L)).close();
    store("b", 900_000);
    assertUsed(900_000, 1);
  }

  @Test
  void whatAnUploadHoldsInPlaceOfADeletedFileIsReserved() {
    store("a", 900_000);
    try (Upload first = begin("a", Optional.empty())) {
      first.write(ByteBuffer.allocate(900_000));
      area().deleteFile(VirtualPath.parse("a"));
      refused(Kind.OVER_QUOTA, () -> store("a", 100_001));
      store("a", 100_000);
      first.publish();
    }
    assertUsed(900_000, 1);
  }

  @Test
  void whatADeletionHasDoneBeforeItFailsIsTakenOff() throws Exception {
    store("tree/a", 300_000);
    store("tree/b", 200_000);
    portal.ledger.flush();
    assertThatThrownBy(() ->
            portal.ledger.remove(
                account.id(),
                removed -> {
                  long size = home("tree/a").toFile().length();
                  assertThat(home("tree/a").toFile().delete()).isTrue();
                  removed.file(new QuotaLedger.StoredFile("a", size));
                  throw new IllegalStateException("the disk is broken");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertUsed(200_000, 1);
  }

  @Test
  void uploadsIntoOneNewFolderMakeItOnce() throws Exception {
    int many = 16;
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (int round = 0; round < 20; round++) {
        CountDownLatch together = new CountDownLatch(many);
        Future<?>[] all = new Future<?>[many];
        for (int i = 0; i < many; i++) {
          String path = "new-" + round + "/deep/f" + i;
          all[i] =
              threads.submit(() -> {
                together.countDown();
                together.await();
                store(path, 10);
                return null;
              });
        }
        for (Future<?> each : all) {
          each.get();
        }
      }
    }
    assertUsed(20 * many * 10, 20 * many);
  }

  @Test
  void nothingIsStoredForADeletedAccount() throws Exception {
    store("a", 1000);
    FileArea before = area();
    try (Upload upload = begin("b", Optional.empty())) {
      upload.write(ByteBuffer.allocate(10));
      portal.accounts.delete("ann", true, Who.SYSTEM);
      assertThatThrownBy(upload::publish).isInstanceOf(RefusedException.class);
    }
    refused(
        Kind.NOT_LOGGED_IN,
        () -> before.upload(VirtualPath.parse("c"), OnConflict.OVERWRITE, Optional.empty(), true));
    refused(Kind.NOT_LOGGED_IN, () -> area());
    portal.ledger.flush();
    assertThat(home("")).doesNotExist();
    assertThat(count("SELECT COUNT(*) FROM quota_claim")).isZero();
    portal.crash();
    portal = PortalParts.open(folder);
    assertThat(home("")).doesNotExist();
  }

  @Test
  void aKeptHomeOfADeletedAccountTakesNothingMore() {
    try (Upload upload = begin("b", Optional.empty())) {
      upload.write(ByteBuffer.allocate(10));
      portal.accounts.delete("ann", false, Who.SYSTEM);
      refused(Kind.NOT_LOGGED_IN, upload::publish);
    }
    assertThat(home("b")).doesNotExist();
    assertThat(home("")).isDirectory();
  }

  @Test
  void anUploadThatWasGivenUpCannotBePublished() {
    QuotaLedger.Reservation reservation = portal.ledger.reserve(account.id(), Optional::empty);
    reservation.close();
    reservation.close();
    assertThatThrownBy(() -> reservation.commit(10, null))
        .isInstanceOf(IllegalStateException.class);
    store("full", QUOTA);
    assertUsed(QUOTA, 1);
  }

  @Test
  void hugeNumbersOverflowNothing() {
    quota(Optional.of(Long.MAX_VALUE), Optional.of(Long.MAX_VALUE));
    begin("a", Optional.of(Long.MAX_VALUE)).close();
    refused(
        Kind.OVER_QUOTA,
        () -> {
          try (Upload huge = begin("a", Optional.of(Long.MAX_VALUE - 10))) {
            begin("b", Optional.of(Long.MAX_VALUE)).close();
          }
        });
    quota(Optional.empty(), Optional.empty());
    refused(Kind.OVER_QUOTA, () -> begin("a", Optional.of(Long.MAX_VALUE)));
    store("a", 10);
    assertUsed(10, 1);
    quota(Optional.of(0L), Optional.of(0L));
    refused(Kind.OVER_QUOTA, () -> store("b", 0));
  }

  private void store(String path, long size) {
    try (Upload upload = begin(path, Optional.empty())) {
      upload.write(ByteBuffer.allocate((int) size));
      upload.publish();
    }
  }

  private Upload begin(String path, Optional<Long> expected) {
    return area().upload(VirtualPath.parse(path), OnConflict.OVERWRITE, expected, true);
  }

  private FileArea area() {
    return portal.areas.home(account.id());
  }

  private Path home(String path) {
    return folder.resolve("homes").resolve(account.id().toString()).resolve(path);
  }

  private void quota(Optional<Long> bytes, Optional<Long> files) {
    portal.accounts.change(
        "ann",
        OptionalLong.empty(),
        a -> AccountEdit.of(a).quota(bytes, files).account(),
        Who.SYSTEM);
  }

  private long claimed() {
    return count("SELECT COALESCE(SUM(claimed_bytes), 0) FROM quota_claim");
  }

  private long count(String sql) {
    return portal.jdbi.withHandle(h -> h.createQuery(sql).mapTo(long.class).one());
  }

  private static void refused(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }

  private void assertUsed(long bytes, long files) {
    QuotaLedger.Usage usage = portal.ledger.usage(account.id());
    assertThat(usage.usedBytes()).isEqualTo(bytes);
    assertThat(usage.usedFiles()).isEqualTo(files);
  }
}
