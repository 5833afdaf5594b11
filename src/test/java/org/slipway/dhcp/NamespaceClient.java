package org.slipway.dhcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.slipway.bootp.RfcClient;
import org.slipway.bootp.RfcReply;

/** Clients written from the RFCs, in a process of its own, for tests with network namespaces. */
final class NamespaceClient {
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final int TRIES = 30;

  /** A server that was killed is away for some seconds, many on a busy machine. */
  private static final int TRIES_TO_LEASE = 200;

  private final RfcClient client;
  private int xid = (int) ProcessHandle.current().pid() << 8;

  private NamespaceClient(RfcClient client) {
    this.client = client;
  }

  /**
   * @param arguments {@code pxe} MAC: collects two offers; {@code proxy} MAC SERVER: asks at port
   *     4011; {@code discover} MAC: asks in vain; {@code lease} PREFIX FIRST COUNT: leases for so
   *     many clients, a line for each acknowledgement; {@code reboot} then MAC and ADDRESS in turns
   */
  public static void main(String[] arguments) throws IOException {
    boolean proxy = arguments[0].equals("proxy");
    InetSocketAddress server =
        new InetSocketAddress(
            InetAddress.ofLiteral(proxy ? arguments[2] : "255.255.255.255"), proxy ? 4011 : 67);
    InetSocketAddress own = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 68);
    try (RfcClient socket = new RfcClient(own, server)) {
      NamespaceClient client = new NamespaceClient(socket);
      switch (arguments[0]) {
        case "pxe" -> client.pxe(arguments[1]);
        case "proxy" -> client.proxy(arguments[1]);
        case "discover" -> client.discover(arguments[1]);
        case "lease" ->
            client.lease(
                arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        case "reboot" -> client.reboot(arguments);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private Messages rom(int type, String mac) {
    return message(type, mac)
        .text(60, "PXEClient:Arch:00000:UNDI:002001")
        .hex(93, "0000")
        .hex(94, "010201")
        .hex(97, "00" + "11".repeat(16))
        .hex(55, "010306" + "0f2b3c4243");
  }

  private Messages message(int type, String mac) {
    return Messages.of(type, mac, ++xid).flags(0x8000);
  }

  /** Asks until one server has given an address and the other, without one, a file. */
  private void pxe(String mac) throws IOException {
    Optional<RfcReply> address = Optional.empty();
    Optional<RfcReply> file = Optional.empty();
    for (int i = 0; i < TRIES && (address.isEmpty() || file.isEmpty()); i++) {
      client.send(rom(Messages.DISCOVER, mac).built());
      Optional<RfcReply> reply = client.receive(PATIENCE);
      while (reply.isPresent()) {
        boolean addressed = !reply.get().yiaddr().equals("0.0.0.0");
        address = addressed ? reply : address;
        file = addressed ? file : reply;
        reply = client.receive(PATIENCE);
      }
    }
    print("address", address);
    print("file", file);
    if (address.isPresent()) {
      client.send(
          rom(Messages.REQUEST, mac)
              .requested(address.get().yiaddr())
              .hex(54, address.get().tags().get(54))
              .built());
      print("granted", client.receive(PATIENCE.multipliedBy(5)));
    }
  }

  private void proxy(String mac) throws IOException {
    client.send(rom(Messages.REQUEST, mac).ciaddr("10.77.6.50").built());
    print("proxy", client.receive(PATIENCE.multipliedBy(10)));
  }

  private void discover(String mac) throws IOException {
    for (int i = 0; i < 3; i++) {
      client.send(message(Messages.DISCOVER, mac).built());
      print("discover", client.receive(PATIENCE));
    }
  }

  private void lease(String prefix, int first, int count) throws IOException {
    for (int n = first; n < first + count; n++) {
      String mac = "%s:%02x:%02x".formatted(prefix, n >> 8, n & 0xFF);
      Optional<RfcReply> ack = Optional.empty();
      for (int i = 0; i < TRIES_TO_LEASE && ack.isEmpty(); i++) {
        ack = leased(mac);
      }
      print(mac, ack);
    }
  }

  private Optional<RfcReply> leased(String mac) throws IOException {
    Optional<RfcReply> offer = ask(message(Messages.DISCOVER, mac), Messages.OFFER_HEX);
    if (offer.isEmpty()) {
      return offer;
    }
    return ask(
        message(Messages.REQUEST, mac)
            .requested(offer.get().yiaddr())
            .hex(54, offer.get().tags().get(54)),
        Messages.ACK_HEX);
  }

  private void reboot(String[] arguments) throws IOException {
    for (int i = 1; i < arguments.length; i += 2) {
      Optional<RfcReply> ack = Optional.empty();
      for (int t = 0; t < TRIES && ack.isEmpty(); t++) {
        ack =
            ask(
                message(Messages.REQUEST, arguments[i]).requested(arguments[i + 1]),
                Messages.ACK_HEX);
      }
      print(arguments[i], ack);
    }
  }

  /** Late replies to what was asked before are passed over. */
  private Optional<RfcReply> ask(Messages message, String type) throws IOException {
    client.send(message.built());
    Optional<RfcReply> reply = client.receive(PATIENCE);
    while (reply.filter(r -> r.xid() != xid || !r.tags().get(53).equals(type)).isPresent()) {
      reply = client.receive(PATIENCE);
    }
    return reply;
  }

  private static void print(String name, Optional<RfcReply> reply) {
    System.out.println(
        name
            + reply
                .map(r ->
                    " from %s yiaddr %s siaddr %s file %s"
                        .formatted(
                            r.from().getAddress().getHostAddress(),
                            r.yiaddr(),
                            r.siaddr(),
                            r.file()))
                .orElse(" no reply"));
  }
}
