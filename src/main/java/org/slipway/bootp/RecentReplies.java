package org.slipway.bootp;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slipway.bootp.wire.ClientHardware;

/**
 * The last replies to each device. A request that is repeated because its answer was lost gets the
 * same answer again, byte for byte, whatever the device changed in it meanwhile (secs, for one).
 */
final class RecentReplies {
  static final int DEVICES = 16_384;
  static final int PER_DEVICE = 4;
  static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Map<ClientHardware, OfDevice> devices =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientHardware, OfDevice> eldest) {
          return size() > DEVICES;
        }
      };

  /** One for each device that is answered; the longest silent are forgotten. */
  synchronized OfDevice of(ClientHardware device) {
    OfDevice replies = devices.get(device);
    if (replies == null) {
      replies = new OfDevice();
      devices.put(device, replies);
    }
    return replies;
  }

  /** The replies to one device. */
  static final class OfDevice {
    private final Sent[] ring = new Sent[PER_DEVICE];
    private int next;

    /** One reply; its place is used again and again, because replies come by the thousand. */
    private static final class Sent {
      private int xid;
      private long stamp;
      private long at;
      private Inet4Address server;
      private byte[] octets = {};

      void set(int xid, long stamp, long at, Inet4Address server, ByteBuffer reply) {
        this.xid = xid;
        this.stamp = stamp;
        this.at = at;
        this.server = server;
        if (octets.length != reply.remaining()) {
          octets = new byte[reply.remaining()];
        }
        reply.get(reply.position(), octets);
      }
    }

    /**
     * Writes the reply that was sent into a cleared buffer, and flips it.
     *
     * @param stamp of the offer now: another one means that something has happened since
     * @return the server address that the reply names; null if there is no reply to repeat
     */
    synchronized Inet4Address repeat(int xid, long stamp, long now, ByteBuffer into) {
      Sent sent = find(xid);
      if (sent == null || sent.stamp != stamp || now - sent.at > KEPT_NANOS) {
        return null;
      }
      into.put(sent.octets).flip();
      return sent.server;
    }

    /** Keeps a reply in place of an earlier one to the same xid, or of the oldest. */
    synchronized void keep(int xid, long stamp, long now, Inet4Address server, ByteBuffer reply) {
      Sent sent = find(xid);
      if (sent == null) {
        sent = ring[next] == null ? new Sent() : ring[next];
        ring[next] = sent;
        next = (next + 1) % PER_DEVICE;
      }
      sent.set(xid, stamp, now, server, reply);
    }

    private Sent find(int xid) {
      for (Sent sent : ring) {
        if (sent != null && sent.xid == xid) {
          return sent;
        }
      }
      return null;
    }
  }
}
