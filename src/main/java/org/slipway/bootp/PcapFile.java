package org.slipway.bootp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.provisioning.HardwareAddress;

/**
 * Captured datagrams as a file that packet analysers open: the classic libpcap format, version 2.4,
 * with link type RAW. The IPv4 (RFC 791) and UDP (RFC 768) headers are made from what is known of
 * the addresses; the UDP checksum is 0, which means none.
 */
public final class PcapFile {
  public static final String MEDIA_TYPE = "application/vnd.tcpdump.pcap";

  /** Its octets tell the reader the byte order, and that times have microseconds. */
  private static final int MAGIC = 0xA1B2C3D4;

  private static final int LINKTYPE_RAW = 101;
  private static final int LONGEST_PACKET = 65_535;
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int IP_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final byte TIME_TO_LIVE = 64;
  private static final byte UDP = 17;

  private PcapFile() {}

  /** What the file of a device is called. */
  public static String nameFor(HardwareAddress device) {
    return device.text().replace(':', '-') + ".pcap";
  }

  public static void write(List<CapturedPacket> packets, OutputStream out) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
    header.putInt(MAGIC).putShort((short) 2).putShort((short) 4);
    header.putInt(0).putInt(0).putInt(LONGEST_PACKET).putInt(LINKTYPE_RAW);
    out.write(header.array());
    for (CapturedPacket packet : packets) {
      out.write(record(packet));
    }
  }

  private static byte[] record(CapturedPacket packet) {
    int length = IP_HEADER + UDP_HEADER + packet.octets().length;
    ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + length).order(ByteOrder.BIG_ENDIAN);
    Instant at = packet.at();
    record.putInt((int) at.getEpochSecond()).putInt(at.getNano() / 1000);
    record.putInt(length).putInt(length);
    putIpHeader(record, packet, length);
    record.putShort((short) packet.from().getPort()).putShort((short) packet.to().getPort());
    record.putShort((short) (UDP_HEADER + packet.octets().length)).putShort((short) 0);
    return record.put(packet.octets()).array();
  }

  private static void putIpHeader(ByteBuffer record, CapturedPacket packet, int length) {
    int start = record.position();
    record.put((byte) 0x45).put((byte) 0).putShort((short) length);
    record.putInt(0).put(TIME_TO_LIVE).put(UDP).putShort((short) 0);
    record.put(v4(packet.from().getAddress())).put(v4(packet.to().getAddress()));
    record.putShort(start + 10, checksum(record, start));
  }

  /** The one's complement of the one's complement sum (RFC 1071). */
  private static short checksum(ByteBuffer header, int start) {
    int sum = 0;
    for (int i = start; i < start + IP_HEADER; i += 2) {
      sum += header.getShort(i) & 0xFFFF;
    }
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (short) ~sum;
  }

  private static byte[] v4(InetAddress address) {
    return (address instanceof Inet4Address ? address : BootpPacket.UNSET).getAddress();
  }
}
