package org.slipway.bootp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** A device that asks once, in a process of its own, for a test with network namespaces. */
final class NamespaceDevice {
  private static final int TRIES = 10;

  private NamespaceDevice() {}

  /**
   * @param arguments hardware address; {@code broadcast}, {@code no-flag} or {@code unicast}
   */
  public static void main(String[] arguments) throws Exception {
    boolean unicast = arguments[1].equals("unicast");
    RfcRequest request = RfcRequest.of(arguments[0], (int) ProcessHandle.current().pid());
    request.flags(arguments[1].equals("broadcast") ? 0x8000 : 0);
    if (unicast) {
      request.ciaddr("10.77.1.50");
    }
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.ofLiteral(unicast ? "10.77.1.1" : "255.255.255.255"), 67);
    InetSocketAddress own = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 68);
    try (RfcClient client = new RfcClient(own, server)) {
      Optional<RfcReply> reply = Optional.empty();
      for (int i = 0; i < TRIES && reply.isEmpty(); i++) {
        client.send(request);
        reply = client.receive(Duration.ofMillis(500));
      }
      System.out.println(reply.map(NamespaceDevice::line).orElse("no reply"));
    }
  }

  private static String line(RfcReply reply) {
    return "%s:%d yiaddr %s siaddr %s file %s"
        .formatted(
            reply.from().getAddress().getHostAddress(),
            reply.from().getPort(),
            reply.yiaddr(),
            reply.siaddr(),
            reply.file());
  }
}
