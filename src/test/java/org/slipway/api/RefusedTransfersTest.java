package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.RefusedException;
import org.slipway.portal.PortalParts;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.TransferQuery;
import org.slipway.transfers.TransferRecord;

/** What the history says of transfers over HTTP that our policy has ended. */
class RefusedTransfersTest {
  private static final long QUOTA = 1000;

  @TempDir Path folder;
  private PortalParts portal;
  private FileUpload uploads;
  private CallerArea area;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, Clock.systemUTC(), Map.of());
    Account ann = portal.user("ann", "a long password", Optional.of(QUOTA));
    uploads = new FileUpload(new HttpTransfers(portal.sessions, portal.transfers, portal.traffic));
    area =
        new CallerArea(
            new GuardedArea(
                portal.areas.home(ann.id()), OnConflict.OVERWRITE, GuardedArea.Access.EVERYTHING),
            "/api/v1/files",
            new Caller(ann, PortalParts.address("127.0.0.1"), Optional.empty(), Optional.empty()));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private TransferRecord last() {
    portal.settle();
    return portal.transferLog.page(TransferQuery.of("", Optional.of("ann")), 0, 1).getFirst();
  }

  /** As far as an upload looks at it. */
  private static HttpServletRequest request(long length, byte[] body) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            RefusedTransfersTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContentLengthLong" -> length;
                  case "getInputStream" -> new Body(new ByteArrayInputStream(body));
                  default -> null;
                });
  }

  private static final class Body extends ServletInputStream {
    private final InputStream bytes;

    Body(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() throws java.io.IOException {
      return bytes.read();
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private void refused(long length, int bytes) {
    assertThatThrownBy(() ->
            uploads.put(
                area, VirtualPath.parse("f"), Optional.empty(), request(length, new byte[bytes])))
        .isInstanceOf(RefusedException.class);
    assertThat(last().outcome()).isEqualTo(TransferOutcome.REFUSED);
    assertThat(last().reason()).contains("OVER_QUOTA");
  }

  @Test
  void anUploadThatCannotFitIsRefusedInTheHistoryToo() {
    refused(QUOTA + 1, 0);
  }

  @Test
  void soIsOneThatTurnsOutToBeTooLarge() {
    refused(-1, (int) QUOTA + 1);
  }
}
