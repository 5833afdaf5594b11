package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.OpenSession;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.Who;
import org.slipway.live.LiveConnections;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferOutcome;

/** What an operator sees of sessions and transfers while they last, and ends. */
class FtpLiveTest {
  private static final Who OPERATOR = new Who("op", "::1", "WEB");

  @TempDir Path folder;
  private TestPortal portal;
  private LiveConnections live;
  private RawClient client;
  private Account ann;

  @BeforeEach
  void start() throws Exception {
    portal = new TestPortal(folder);
    live = new LiveConnections(portal.sessions, portal.transfers, portal.audit);
    ann = portal.account("ann");
    client = new RawClient(portal.address);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    portal.close();
  }

  private void logIn() throws Exception {
    client.command("USER ann");
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    client.command("TYPE I");
  }

  private OpenSession only() {
    assertThat(live.sessions()).hasSize(1);
    return live.sessions().getFirst();
  }

  @Test
  void aSessionTellsWhereItIsAndWhatItAskedLast() throws Exception {
    logIn();
    LiveSession session = only().session();
    assertThat(session.currentFolder()).contains("/");
    assertThat(session.tls()).isEmpty();
    int state = live.stateOfSessions();
    client.command("MKD d");
    client.command("CLNT tester 1.0");
    Instant before = Instant.now();
    client.command("CWD d");
    assertThat(session.currentFolder()).contains("/d");
    assertThat(session.lastCommand()).contains("CWD");
    assertThat(session.client()).contains("tester 1.0");
    assertThat(session.lastUsed().orElseThrow()).isBetween(before.minusMillis(50), Instant.now());
    assertThat(live.stateOfSessions()).isNotEqualTo(state);
    assertThat(live.session(only().id())).isPresent();
    assertThat(live.session("other")).isEmpty();
    client.command("QUIT");
    TestPortal.await("it is over", () -> live.sessions().isEmpty());
  }

  @Test
  void aProtectedSessionTellsTheVersionOfTls() throws Exception {
    assertThat(client.command("AUTH TLS")).startsWith("234 ");
    client.secure(TrustsAnybody.context(), "TLSv1.2");
    logIn();
    assertThat(only().session().tls()).contains("TLSv1.2");
  }

  @Test
  void endingASessionEndsItsTransferAndTellsTheClient() throws Exception {
    logIn();
    try (Socket data = client.data()) {
      assertThat(client.command("STOR f")).startsWith("150 ");
      data.getOutputStream().write(new byte[1000]);
      TestPortal.await("bytes", () -> onlyTransfer().bytes() == 1000);
      live.end(only(), OPERATOR);
      String reply = client.reply();
      assertThat(reply.startsWith("426 ") ? client.reply() : reply).startsWith("421 ");
      assertThat(client.reply()).as("the end of the connection").isEmpty();
    }
    TestPortal.await("over", () -> live.sessions().isEmpty() && live.transfers().isEmpty());
    TestPortal.await("row", () -> portal.transferLog.count("", Optional.empty()) == 1);
    assertThat(portal.transferLog.page("", Optional.empty(), 0, 1).getFirst().outcome())
        .isEqualTo(TransferOutcome.ABORTED);
    assertDisconnected("{\"kind\":\"SESSION\",\"account\":\"ann\"}");
  }

  private ActiveTransfer onlyTransfer() {
    assertThat(live.transfers()).hasSize(1);
    return live.transfers().iterator().next();
  }

  @Test
  void endingATransferLeavesItsSession() throws Exception {
    logIn();
    try (Socket data = client.data()) {
      assertThat(client.command("STOR f")).startsWith("150 ");
      data.getOutputStream().write(new byte[1000]);
      TestPortal.await("bytes", () -> onlyTransfer().bytes() == 1000);
      live.everySecond();
      assertThat(onlyTransfer().bytesPerSecond(Instant.now())).isPositive();
      live.end(live.transfer(onlyTransfer().id().toString()).orElseThrow(), OPERATOR);
      assertThat(client.reply()).startsWith("426 ");
    }
    assertThat(client.command("NOOP")).startsWith("200 ");
    assertDisconnected("{\"kind\":\"TRANSFER\",\"account\":\"ann\",\"path\":\"/f\"}");
  }

  /** Nothing is read at the other side, so that only the buffers on the way fill. */
  @Test
  void aDownloadThatCrawlsIsSeenToMove() throws Exception {
    logIn();
    portal.file(ann, "big", new byte[4 << 20]);
    try (Socket data = client.data()) {
      assertThat(client.command("RETR big")).startsWith("150 ");
      TestPortal.await("bytes", () -> onlyTransfer().bytes() > 0);
      assertThat(onlyTransfer().bytes()).isLessThan(4 << 20);
      assertThat(onlyTransfer().description().expectedBytes()).contains(4L << 20);
      assertThat(data.getInputStream().readAllBytes()).hasSize(4 << 20);
    }
    assertThat(client.reply()).startsWith("226 ");
  }

  private void assertDisconnected(String what) throws Exception {
    TestPortal.await("entry", () -> portal.audit.count("DISCONNECTED") == 1);
    AuditEntry entry = portal.audit.page("DISCONNECTED", 0, 1).getFirst();
    assertThat(entry.actor()).isEqualTo("op");
    assertThat(entry.subject()).isEqualTo("FTP 127.0.0.1");
    assertThat(entry.before()).isEqualTo(what);
  }
}
