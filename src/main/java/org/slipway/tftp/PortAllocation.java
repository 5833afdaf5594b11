package org.slipway.tftp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.slipway.settings.PortRange;
import org.slipway.settings.TransferPorts;

/** Gives a transfer its port, as {@code slipway.tftp.transfer-ports} says. */
final class PortAllocation {
  private final TransferPorts ports;
  private final TransferLoop loop;
  private final RandomGenerator random;

  PortAllocation(TransferPorts ports, TransferLoop loop, RandomGenerator random) {
    this.ports = ports;
    this.loop = loop;
    this.random = random;
  }

  /** Whether the packets of transfers come to the well-known port. */
  boolean isSinglePort() {
    return ports instanceof TransferPorts.Single;
  }

  /**
   * Opens a port on the address to which the request was sent, where that is known.
   *
   * @throws IOException if there is none
   */
  TransferPort open(ListeningSocket asked, InetSocketAddress client) throws IOException {
    InetAddress local = asked.answersFrom();
    return switch (ports) {
      case TransferPorts.Ephemeral e -> new OwnPort(new InetSocketAddress(local, 0), client, loop);
      case TransferPorts.Single s -> new SharedPort(asked, client);
      case TransferPorts.Fixed fixed -> openOneOf(fixed.range(), local, client);
    };
  }

  /** From a random place on: a port that is easy to guess is easy to disturb. */
  private TransferPort openOneOf(PortRange range, InetAddress local, InetSocketAddress client)
      throws IOException {
    int offset = random.nextInt(range.size());
    for (int i = 0; i < range.size(); i++) {
      int port = range.first() + (offset + i) % range.size();
      try {
        return new OwnPort(new InetSocketAddress(local, port), client, loop);
      } catch (BindException taken) {
        continue;
      }
    }
    throw new BindException("every port of slipway.tftp.transfer-ports is taken");
  }
}
