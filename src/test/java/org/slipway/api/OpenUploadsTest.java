package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferOutcome;

/** Uploads that wait hold their room in the quota, and nothing longer than they may. */
class OpenUploadsTest {
  private static final long QUOTA = 1000;

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private OpenUploads uploads;
  private Account ann;
  private Caller caller;
  private final Browser browser = new Browser();

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    uploads =
        new OpenUploads(portal.sessions, portal.transfers, portal.traffic, portal.threads, clock);
    ann =
        portal
            .directory
            .byUsername("ann")
            .orElseGet(() -> portal.user("ann", "a long password", Optional.of(QUOTA)));
    caller =
        new Caller(ann, PortalParts.address("127.0.0.1"), Optional.empty(), Optional.of(browser));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  /** A browser session as far as an upload knows it. */
  private final class Browser implements LiveSession {
    @Override
    public UUID accountId() {
      return ann.id();
    }

    @Override
    public Channel channel() {
      return Channel.WEB;
    }

    @Override
    public String address() {
      return "127.0.0.1";
    }

    @Override
    public void end(Refusal why) {
      portal.sessions.closed(this);
    }
  }

  private ResumableUpload begin(String path, long size) {
    VirtualPath file = VirtualPath.parse(path);
    Upload upload =
        portal.areas.home(ann.id()).upload(file, OnConflict.REJECT, Optional.of(size), true);
    return uploads.add(caller, new ResumableUpload.Target(file, Optional.empty(), size, upload));
  }

  private static InputStream bytes(int n) {
    return new ByteArrayInputStream(new byte[n]);
  }

  /** Gives some bytes and breaks. */
  private static InputStream broken(int n) {
    return new SequenceInputStream(
        bytes(n),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the connection broke");
          }
        });
  }

  @Test
  void whatHasComeStaysWhenTheConnectionBreaks() throws IOException {
    ResumableUpload upload = begin("d/a", 900);
    assertThatThrownBy(() -> upload.append(0, broken(500))).isInstanceOf(IOException.class);
    assertThat(upload.offset()).isEqualTo(500);
    assertThat(exists("d/a")).isFalse();
    refused(Kind.CONFLICT, () -> upload.append(0, bytes(10)));
    refused(Kind.CONFLICT, () -> upload.append(501, bytes(10)));
    assertThat(upload.append(500, bytes(100))).isFalse();
    assertThat(upload.append(600, bytes(300))).isTrue();
    assertThat(exists("d/a")).isTrue();
    assertThat(upload.stored().orElseThrow().size()).isEqualTo(900);
    assertThat(upload.offset()).isEqualTo(900);
    assertThat(outcome()).isEqualTo(TransferOutcome.COMPLETE);
    assertThat(portal.sessions.of(ann.id())).isEmpty();
    refused(Kind.CONFLICT, () -> upload.append(900, bytes(0)));
  }

  @Test
  void aFileWithoutBytesIsAFileToo() throws IOException {
    assertThat(begin("empty", 0).append(0, bytes(0))).isTrue();
    assertThat(exists("empty")).isTrue();
  }

  @Test
  void moreThanWasAnnouncedIsRefused() throws IOException {
    ResumableUpload upload = begin("a", 10);
    refused(Kind.CONFLICT, () -> upload.append(0, bytes(11)));
    assertThat(exists("a")).isFalse();
    assertThat(upload.append(0, bytes(10))).isTrue();
  }

  @Test
  void aNewerRequestTakesOverFromOneThatHangs() throws IOException {
    ResumableUpload upload = begin("a", 30);
    InputStream hanging =
        new SequenceInputStream(
            bytes(10),
            new InputStream() {
              private boolean asked;

              @Override
              public int read() {
                return 0;
              }

              @Override
              public int read(byte[] into, int offset, int length) {
                if (!asked) {
                  asked = true;
                  assertThat(upload.offset()).isEqualTo(10);
                }
                return 5;
              }
            });
    refused(Kind.CLOSED, () -> upload.append(0, hanging));
    assertThat(upload.append(10, bytes(20))).isTrue();
  }

  @Test
  void itHoldsItsRoomAndGivesItBack() throws IOException {
    ResumableUpload waiting = begin("a", 600);
    assertThatThrownBy(() -> begin("b", 500))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal().kind()).isEqualTo(Kind.OVER_QUOTA);
              assertThat(e.refusal().missingBytes()).isEqualTo(100);
            });
    uploads.cancel(waiting);
    assertThat(begin("b", QUOTA).append(0, bytes((int) QUOTA))).isTrue();
    assertThat(portal.ledger.usage(ann.id()).usedBytes()).isEqualTo(QUOTA);
    assertThat(staged()).isZero();
  }

  @Test
  void silenceEndsIt() throws IOException {
    ResumableUpload upload = begin("a", QUOTA);
    assertThatThrownBy(() -> upload.append(0, broken(400))).isInstanceOf(IOException.class);
    clock.advance(OpenUploads.KEPT.minusMinutes(1));
    uploads.sweep();
    assertThat(upload.offset()).isEqualTo(400);
    clock.advance(OpenUploads.KEPT.plusMinutes(1));
    uploads.sweep();
    refused(Kind.NO_SUCH_THING, () -> uploads.get(caller, upload.id()));
    assertGone();
  }

  @Test
  void signingOutEndsIt() {
    ResumableUpload upload = begin("a", QUOTA);
    portal.sessions.closed(browser);
    refused(Kind.NOT_LOGGED_IN, () -> uploads.get(caller, upload.id()));
    assertGone();
  }

  @Test
  void aSuspensionEndsItAlsoWhileBytesCome() {
    ResumableUpload upload = begin("a", QUOTA);
    InputStream suspending =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            suspend();
            return 5;
          }
        };
    refused(Kind.ACCOUNT_SUSPENDED, () -> upload.append(0, suspending));
    assertThat(outcome()).isEqualTo(TransferOutcome.REFUSED);
    assertThat(staged()).isZero();
    assertThat(portal.sessions.of(ann.id())).isEmpty();
  }

  private void suspend() {
    portal.accounts.setStatus("ann", AccountStatus.SUSPENDED, Optional.empty(), Who.SYSTEM);
  }

  @Test
  void anOtherAccountDoesNotSeeIt() {
    ResumableUpload upload = begin("a", 10);
    Account eve = portal.user("eve", "a long password", Optional.empty());
    refused(
        Kind.NO_SUCH_THING,
        () ->
            uploads.get(
                new Caller(eve, PortalParts.address("127.0.0.1"), Optional.empty()), upload.id()));
    refused(Kind.NO_SUCH_THING, () -> uploads.get(caller, "guessed"));
  }

  @Test
  void onlySoManyWaitAtATime() {
    for (int i = 0; i < OpenUploads.MOST_OF_ONE; i++) {
      begin("f" + i, 1);
    }
    refused(Kind.TOO_MANY_SESSIONS, () -> begin("one-more", 1));
    assertThat(staged()).isEqualTo(OpenUploads.MOST_OF_ONE);
  }

  @Test
  void whatHasComeWholeIsInNobodysWay() throws IOException {
    for (int i = 0; i < OpenUploads.MOST + 10; i++) {
      assertThat(begin("f" + i, 0).append(0, bytes(0))).isTrue();
    }
    assertThat(uploads.of(ann.id())).hasSize(OpenUploads.MOST);
    assertThat(begin("one-more", 1).append(0, bytes(1))).isTrue();
  }

  @Test
  void aNewStartFindsNothingOfIt() throws IOException {
    ResumableUpload upload = begin("a", QUOTA);
    assertThatThrownBy(() -> upload.append(0, broken(400))).isInstanceOf(IOException.class);
    assertThat(staged()).isEqualTo(1);
    portal.crash();
    open();
    assertThat(staged()).isZero();
    assertThat(portal.ledger.usage(ann.id()).usedBytes()).isZero();
  }

  private void assertGone() {
    assertThat(exists("a")).isFalse();
    assertThat(staged()).isZero();
    assertThat(portal.transfers.active()).isEmpty();
    begin("again", QUOTA);
  }

  private boolean exists(String path) {
    return portal.areas.home(ann.id()).stat(VirtualPath.parse(path)).isPresent();
  }

  private long staged() {
    try (var files = Files.list(folder.resolve("homes/.slipway-staging"))) {
      return files.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private TransferOutcome outcome() {
    portal.settle();
    return portal.transferLog.page("", Optional.of("ann"), 0, 1).getFirst().outcome();
  }

  private static void refused(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }
}
