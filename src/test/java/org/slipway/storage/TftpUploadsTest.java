package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.portal.PortalParts;

/** What comes by TFTP is counted, and what operators put beside it is not. */
class TftpUploadsTest {
  private static final int QUOTA = 1_000;

  @TempDir Path folder;
  private PortalParts portal;

  @BeforeEach
  void open() {
    portal =
        PortalParts.open(folder, Clock.systemUTC(), Map.of("slipway.tftp.write-quota", "" + QUOTA));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private static void store(FileArea area, String name, int size, OnConflict onConflict) {
    try (Upload upload = area.upload(VirtualPath.parse(name), onConflict, Optional.empty(), true)) {
      upload.write(ByteBuffer.allocate(size));
      upload.publish();
    }
  }

  private void byTftp(String name, int size) {
    store(portal.areas.tftpUploads(), name, size, OnConflict.OVERWRITE);
  }

  private void byOperator(String name, int size) {
    store(portal.areas.bootFiles(), name, size, OnConflict.OVERWRITE);
  }

  private void assertUsed(long bytes, long files) {
    QuotaLedger.Usage usage = portal.ledger.usage(QuotaLedger.TFTP_UPLOADS);
    assertThat(usage.usedBytes()).isEqualTo(bytes);
    assertThat(usage.usedFiles()).isEqualTo(files);
    assertThat(usage.quotaBytes()).contains((long) QUOTA);
  }

  private void assertOver(String name, int size) {
    assertThatThrownBy(() -> byTftp(name, size))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(Kind.OVER_QUOTA));
  }

  @Test
  void whatComesByTftpIsCountedAndWhatOperatorsPutIsNot() {
    byOperator("boot.bin", 5_000);
    byTftp("a", 600);
    assertUsed(600, 1);
    assertOver("b", 401);
    byTftp("b", 400);
    byOperator("big.bin", 5_000);
    assertUsed(1_000, 2);
  }

  @Test
  void aReplacedFileCountsOnce() {
    byTftp("a", 900);
    byTftp("a", 1_000);
    assertUsed(1_000, 1);
    byTftp("a", 10);
    assertUsed(10, 1);
  }

  @Test
  void anOperatorsFileThatIsReplacedPaysForNothing() {
    byOperator("a", 800);
    assertOver("a", 1_001);
    byTftp("a", 700);
    assertUsed(700, 1);
    byOperator("a", 5_000);
    assertUsed(0, 0);
  }

  @Test
  void whatIsDeletedMakesRoom() {
    byTftp("in/a", 300);
    byTftp("in/deep/b", 300);
    byTftp("inner", 300);
    portal.areas.bootFiles().deleteFile(VirtualPath.parse("in/a"));
    assertUsed(600, 2);
    portal.areas.bootFiles().deleteTree(VirtualPath.parse("in"));
    assertUsed(300, 1);
    portal.areas.bootFiles().trash().discard(VirtualPath.parse("inner"));
    assertUsed(0, 0);
  }

  @Test
  void whatIsRenamedIsCountedUnderItsNewName() {
    byTftp("in/a", 300);
    byTftp("in/deep/b", 300);
    portal.areas.bootFiles().rename(VirtualPath.parse("in"), VirtualPath.parse("out"));
    assertUsed(600, 2);
    byTftp("out/deep/b", 100);
    assertUsed(400, 2);
    portal.areas.bootFiles().deleteTree(VirtualPath.parse("out"));
    assertUsed(0, 0);
  }

  @Test
  void namesOfFilesAreNoPatterns() {
    byTftp("a%/x", 100);
    byTftp("ab/x", 100);
    byTftp("a_/x", 100);
    byTftp("\uD83D\uDE80/x", 100);
    portal.areas.bootFiles().deleteTree(VirtualPath.parse("\uD83D\uDE80"));
    portal.areas.bootFiles().deleteTree(VirtualPath.parse("a%"));
    portal.areas.bootFiles().deleteTree(VirtualPath.parse("a_"));
    assertUsed(100, 1);
  }

  @Test
  void theNextStartCountsAgain() throws IOException {
    byTftp("a", 300);
    byTftp("b", 300);
    byTftp("c", 300);
    portal.crash();
    Files.delete(folder.resolve("boot/a"));
    Files.write(folder.resolve("boot/b"), new byte[500]);
    open();
    assertUsed(800, 2);
  }

  @Test
  void aDroppedUploadGivesItsRoomBack() {
    try (Upload upload =
        portal
            .areas
            .tftpUploads()
            .upload(VirtualPath.parse("a"), OnConflict.REJECT, Optional.of(1_000L), true)) {
      assertOver("b", 1);
      assertThat(upload.size()).isZero();
    }
    byTftp("b", 1_000);
    assertUsed(1_000, 1);
  }

  @Test
  void anyNumberAtTheLimitNeverExceedIt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String name = "file-" + i;
        all.add(threads.submit(() -> isStored(name)));
      }
      int stored = 0;
      for (Future<Boolean> each : all) {
        stored += each.get() ? 1 : 0;
      }
      assertThat(stored).isEqualTo(10);
    }
    assertUsed(1_000, 10);
  }

  private boolean isStored(String name) {
    try {
      byTftp(name, 100);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }
}
