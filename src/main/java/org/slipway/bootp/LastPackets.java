package org.slipway.bootp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slipway.bootp.wire.BootpPacket;

/**
 * The last datagrams of one device. Their places are used again and again: new objects for each
 * datagram would live just long enough to be copied by every young collection, which then stops
 * everything for longer than a device should wait.
 */
final class LastPackets {
  private final Place[] places;
  private final int mostOctets;

  /** Of all datagrams; the place of one is its number modulo theirs. */
  private long count;

  /**
   * @param most datagrams that are kept
   * @param mostOctets of one that are kept
   */
  LastPackets(int most, int mostOctets) {
    this.places = new Place[most];
    this.mostOctets = mostOctets;
  }

  /** One datagram, in numbers. */
  private static final class Place {
    private long second;
    private int nano;
    private boolean sent;
    private int fromAddress;
    private int fromPort;
    private int toAddress;
    private int toPort;
    private int length;
    private byte[] octets = {};
  }

  /**
   * Keeps a datagram in place of the oldest.
   *
   * @param datagram read from its begin; stays as it is
   * @param from an IPv4 address, as BOOTP knows no other
   */
  void keep(
      ByteBuffer datagram, Instant at, boolean sent, InetSocketAddress from, InetSocketAddress to) {
    int number = (int) (count++ % places.length);
    if (places[number] == null) {
      places[number] = new Place();
    }
    Place place = places[number];
    place.second = at.getEpochSecond();
    place.nano = at.getNano();
    place.sent = sent;
    place.fromAddress = number(from.getAddress());
    place.fromPort = from.getPort();
    place.toAddress = number(to.getAddress());
    place.toPort = to.getPort();
    place.length = Math.min(mostOctets, datagram.limit());
    if (place.octets.length < place.length) {
      place.octets = new byte[place.length];
    }
    datagram.get(0, place.octets, 0, place.length);
  }

  /** The four octets: so the platform defines the hash code of such an address. */
  private static int number(InetAddress address) {
    return address instanceof Inet4Address ? address.hashCode() : 0;
  }

  /** The oldest first. */
  List<CapturedPacket> all() {
    List<CapturedPacket> all = new ArrayList<>(places.length);
    for (long i = Math.max(0, count - places.length); i < count; i++) {
      Place place = places[(int) (i % places.length)];
      all.add(
          new CapturedPacket(
              Instant.ofEpochSecond(place.second, place.nano),
              place.sent,
              new InetSocketAddress(BootpPacket.address(place.fromAddress), place.fromPort),
              new InetSocketAddress(BootpPacket.address(place.toAddress), place.toPort),
              Arrays.copyOf(place.octets, place.length)));
    }
    return all;
  }
}
