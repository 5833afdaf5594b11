package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.ClientHardware;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.bootp.wire.MalformedBootpException;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;

/**
 * Asks by BOOTP, by DHCP, and as a PXE client, and keeps who answers. Nothing is accepted: an
 * address that is offered stays the server's.
 */
final class Discovery {
  private static final byte[] PARAMETERS = {1, 3, 6, 12, 15, 51, 54, 66, 67};
  private static final int LARGEST_MESSAGE = 1500;
  private static final int LARGEST_REQUEST = 548;

  private final UdpPort port;
  private final List<InetSocketAddress> servers;
  private final Map<FoundServer.Protocol, BootpPacket> questions =
      new EnumMap<>(FoundServer.Protocol.class);

  /**
   * @param servers that are asked, broadcast addresses among them
   */
  Discovery(
      UdpPort port,
      List<InetSocketAddress> servers,
      ClientHardware hardware,
      RandomGenerator random) {
    this.port = port;
    this.servers = servers;
    for (FoundServer.Protocol protocol : FoundServer.Protocol.values()) {
      questions.put(
          protocol,
          BootpPacket.request(hardware, random.nextInt())
              .withFlags(BootpPacket.BROADCAST_FLAG)
              .withVend(VendorArea.of(options(protocol))));
    }
  }

  private static List<VendorOption> options(FoundServer.Protocol protocol) {
    List<VendorOption> options = new ArrayList<>();
    if (protocol != FoundServer.Protocol.BOOTP) {
      options.add(DhcpMessageType.DISCOVER.option());
      options.add(new VendorOption(VendorTag.PARAMETER_REQUEST_LIST, PARAMETERS));
      options.add(VendorOption.number16(VendorTag.MAX_MESSAGE_SIZE, LARGEST_MESSAGE));
    }
    if (protocol == FoundServer.Protocol.PXE) {
      options.add(
          VendorOption.text(VendorTag.CLASS_IDENTIFIER, "PXEClient:Arch:00007:UNDI:003016"));
      options.add(VendorOption.number16(VendorTag.CLIENT_ARCHITECTURE, 7));
      // RFC 4578: undefined type 0 and sixteen octets.
      options.add(new VendorOption(VendorTag.MACHINE_IDENTIFIER, new byte[17]));
    }
    return options;
  }

  /**
   * @param pauses between one sending and the next; the last is the time for late answers
   * @return whoever answered, in the order of the answers
   */
  List<FoundServer> run(List<Duration> pauses) throws IOException {
    Map<String, FoundServer> found = new LinkedHashMap<>();
    long start = System.nanoTime();
    for (Duration pause : pauses) {
      send((int) Duration.ofNanos(System.nanoTime() - start).toSeconds());
      long deadline = System.nanoTime() + pause.toNanos();
      Duration left = pause;
      while (!left.isNegative()) {
        Optional<UdpPort.Datagram> datagram = port.receive(left);
        datagram
            .flatMap(d -> read(d, start))
            .ifPresent(server -> found.putIfAbsent(server.key(), server));
        left = Duration.ofNanos(deadline - System.nanoTime());
      }
    }
    return List.copyOf(found.values());
  }

  private void send(int secs) throws IOException {
    for (BootpPacket question : questions.values()) {
      ByteBuffer datagram = ByteBuffer.allocate(LARGEST_REQUEST);
      BootpCodec.encode(question.withSecs(secs), datagram);
      port.sendToSome(datagram.flip(), servers);
    }
  }

  private Optional<FoundServer> read(UdpPort.Datagram datagram, long start) {
    BootpPacket reply;
    try {
      reply = BootpCodec.decode(datagram.content());
    } catch (MalformedBootpException e) {
      return Optional.empty();
    }
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    return questions.entrySet().stream()
        .filter(question -> question.getValue().xid() == reply.xid())
        .map(Map.Entry::getKey)
        .filter(asked -> FoundServer.answers(asked, reply))
        .map(asked -> FoundServer.of(asked, reply, datagram.from().getAddress(), millis))
        .findFirst();
  }
}
