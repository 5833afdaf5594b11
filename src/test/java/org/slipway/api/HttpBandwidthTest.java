package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription.Direction;

/** The bandwidth of an account holds over HTTP too, together with its FTP. */
@Timeout(30)
class HttpBandwidthTest {
  private static final Refusal SUSPENDED = Refusal.of(Kind.ACCOUNT_SUSPENDED, "Suspended");

  @TempDir Path folder;
  private PortalParts portal;
  private HttpTransfers transfers;
  private Caller caller;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, Clock.systemUTC(), Map.of());
    transfers = new HttpTransfers(portal.sessions, portal.transfers, portal.traffic);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void limit(long bytesPerSecond) {
    portal.user("ann", "a long password", Optional.empty());
    Bandwidth both = new Bandwidth(Optional.of(bytesPerSecond), Optional.of(bytesPerSecond));
    Account ann =
        portal.accounts.change(
            "ann",
            OptionalLong.empty(),
            a -> AccountEdit.of(a).access(List.of(), AccessPolicy.EMPTY.with(both)).account(),
            Who.SYSTEM);
    caller = new Caller(ann, PortalParts.address("127.0.0.1"), Optional.empty(), Optional.empty());
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Test
  void bothDirectionsAreAsFastAsTheyMay() throws IOException {
    limit(100_000);
    long begun = System.nanoTime();
    try (HttpTransfer up = transfers.begin(caller, Direction.UP, "/f", Optional.empty())) {
      ByteArrayInputStream in = new ByteArrayInputStream(new byte[60_000]);
      long total = 0;
      byte[] chunk = new byte[16_384];
      for (int n = up.read(in, chunk); n >= 0; n = up.read(in, chunk)) {
        total += n;
      }
      assertThat(total).isEqualTo(60_000);
    }
    assertThat(millisSince(begun)).isBetween(280L, 5000L);
    begun = System.nanoTime();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (HttpTransfer down = transfers.begin(caller, Direction.DOWN, "/f", Optional.of(60_000L));
        OutputStream out = down.counting(sent)) {
      out.write(new byte[60_000]);
    }
    assertThat(sent.size()).isEqualTo(60_000);
    assertThat(millisSince(begun)).isBetween(280L, 5000L);
  }

  @Test
  void aDownloadByWebWaitsForOneByFtp() throws IOException {
    limit(100_000);
    long begun = System.nanoTime();
    try (var ftp =
        portal.traffic.open(caller.account().id(), Bandwidth.Direction.DOWN, Optional.empty())) {
      assertThat(ftp.pay(30_000)).isTrue();
      assertThat(ftp.pay(30_000)).isTrue();
    }
    try (HttpTransfer down = transfers.begin(caller, Direction.DOWN, "/f", Optional.empty());
        OutputStream out = down.counting(new ByteArrayOutputStream())) {
      out.write(new byte[30_000]);
    }
    assertThat(millisSince(begun)).as("for two of the three parts").isGreaterThan(580L);
  }

  @Test
  void whoWaitsIsEndedAtOnce() throws Exception {
    limit(1);
    try (HttpTransfer down = transfers.begin(caller, Direction.DOWN, "/f", Optional.empty())) {
      CompletableFuture<Void> waiting = new CompletableFuture<>();
      Thread.startVirtualThread(() -> {
        try {
          down.counting(OutputStream.nullOutputStream()).write(new byte[1000]);
          waiting.complete(null);
        } catch (IOException | RuntimeException e) {
          waiting.completeExceptionally(e);
        }
      });
      down.end(SUSPENDED);
      assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RefusedException.class)
          .hasMessageContaining("Suspended");
    }
  }

  @Test
  void aResumableUploadThatWaitsIsEndedAtOnce() throws Exception {
    limit(1);
    OpenUploads uploads =
        new OpenUploads(
            portal.sessions, portal.transfers, portal.traffic, portal.threads, Clock.systemUTC());
    VirtualPath file = VirtualPath.parse("/f");
    Upload upload =
        portal
            .areas
            .home(caller.account().id())
            .upload(file, OnConflict.REJECT, Optional.of(1000L), true);
    ResumableUpload resumable =
        uploads.add(caller, new ResumableUpload.Target(file, Optional.empty(), 1000, upload));
    CompletableFuture<Boolean> appending = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        appending.complete(resumable.append(0, new ByteArrayInputStream(new byte[1000])));
      } catch (IOException | RuntimeException e) {
        appending.completeExceptionally(e);
      }
    });
    while (resumable.length() == 0) {
      Thread.onSpinWait();
    }
    resumable.end(SUSPENDED);
    assertThatThrownBy(() -> appending.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RefusedException.class)
        .hasMessageContaining("Suspended");
  }
}
