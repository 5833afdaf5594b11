package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.wire.ClientHardware;

class RecentRepliesTest {
  private static final Inet4Address SERVER = Inet4Address.ofLiteral("10.0.0.1");
  private static final ClientHardware DEVICE = device(1);

  private final RecentReplies recent = new RecentReplies();

  @Test
  void aReplyIsKeptForAMinute() {
    keep(DEVICE, 7, 1, 1000);

    assertThat(found(DEVICE, 7, 1, 1000 + RecentReplies.KEPT_NANOS)).isTrue();
    assertThat(found(DEVICE, 7, 1, 1001 + RecentReplies.KEPT_NANOS)).isFalse();
  }

  @Test
  void anotherXidStampOrDeviceIsAnotherMatter() {
    keep(DEVICE, 7, 1, 0);

    assertThat(found(DEVICE, 8, 1, 0)).isFalse();
    assertThat(found(DEVICE, 7, 2, 0)).isFalse();
    assertThat(found(device(2), 7, 1, 0)).isFalse();
  }

  @Test
  void fourTransactionsAreRemembered() {
    for (int xid = 1; xid <= 5; xid++) {
      keep(DEVICE, xid, 1, xid);
    }
    assertThat(found(DEVICE, 1, 1, 9)).isFalse();
    for (int xid = 2; xid <= 5; xid++) {
      assertThat(found(DEVICE, xid, 1, 9)).isTrue();
    }
  }

  @Test
  void theDevicesThatWereSilentLongestAreForgotten() {
    keep(device(0), 1, 1, 0);
    keep(device(1), 1, 1, 0);
    for (int i = 2; i <= RecentReplies.DEVICES; i++) {
      recent.of(device(0));
      keep(device(i), 1, 1, 0);
    }
    assertThat(found(device(0), 1, 1, 0)).isTrue();
    assertThat(found(device(1), 1, 1, 0)).isFalse();
  }

  private void keep(ClientHardware device, int xid, long stamp, long now) {
    recent.of(device).keep(xid, stamp, now, SERVER, ByteBuffer.wrap(new byte[] {(byte) xid, 2, 3}));
  }

  private boolean found(ClientHardware device, int xid, long stamp, long now) {
    ByteBuffer into = ByteBuffer.allocate(10);
    Inet4Address server = recent.of(device).repeat(xid, stamp, now, into);
    if (server != null) {
      assertThat(server).isEqualTo(SERVER);
      assertThat(into).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) xid, 2, 3}));
    }
    return server != null;
  }

  private static ClientHardware device(int number) {
    return new ClientHardware(1, 6, (long) number << 16, 0);
  }
}
