package org.slipway.dhcp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.bootp.DhcpAnswer;
import org.slipway.bootp.DhcpMessage;
import org.slipway.bootp.PacketJournal;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.MalformedBootpException;
import org.slipway.listeners.PortUnavailableException;
import org.slipway.listeners.ProtocolListener;
import org.slipway.provisioning.BootAssignments;
import org.slipway.provisioning.BootProtocol;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.DhcpSettings.DhcpMode;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * The port of the proxy (PXE 2.1 section 2.2.3, 4011), where UEFI firmware asks for its file. Each
 * answer goes back to where the request came from: the client has an address by then.
 */
@Singleton
public final class ProxyListener implements ProtocolListener {
  private static final Logger LOG = Logger.getLogger(ProxyListener.class.getName());
  private static final int LARGEST_DATAGRAM = 65_535;
  private static final int REPLY_ROOM = 1500;
  private static final long LOG_PAUSE = TimeUnit.SECONDS.toNanos(10);

  private final Settings settings;
  private final DhcpEngine engine;
  private final BootAssignments assignments;
  private final PacketJournal journal;
  private volatile DatagramChannel channel;
  private long nextLog = System.nanoTime();

  @Inject
  ProxyListener(
      Settings settings, DhcpEngine engine, BootAssignments assignments, PacketJournal journal) {
    this.settings = settings;
    this.engine = engine;
    this.assignments = assignments;
    this.journal = journal;
  }

  @Override
  public String protocol() {
    return "pxe";
  }

  @Override
  public boolean enabled() {
    return settings.get(PortalSettings.BOOTP_ENABLED) && isOffered();
  }

  @Override
  public boolean isOffered() {
    return settings.get(DhcpSettings.MODE) == DhcpMode.PROXY;
  }

  @Override
  public int configuredPort() {
    return settings.get(DhcpSettings.PROXY_PORT);
  }

  @Override
  public InetSocketAddress bind() throws IOException {
    DatagramChannel opened = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      opened.bind(new InetSocketAddress(bindAddress(), configuredPort()));
    } catch (IOException e) {
      opened.close();
      throw new PortUnavailableException(configuredPort(), DhcpSettings.PROXY_PORT.name(), e);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    channel = opened;
    return (InetSocketAddress) opened.getLocalAddress();
  }

  private InetAddress bindAddress() {
    return settings
        .get(PortalSettings.BIND_ADDRESS)
        .filter(Inet4Address.class::isInstance)
        .orElse(BootpPacket.UNSET);
  }

  @Override
  public void serve() throws IOException {
    DatagramChannel serving = channel;
    ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    while (serving != null && serving.isOpen()) {
      try {
        InetSocketAddress source = (InetSocketAddress) serving.receive(datagram.clear());
        handle(datagram.flip(), source, serving);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        fault(e);
      }
    }
  }

  private void handle(ByteBuffer datagram, InetSocketAddress source, DatagramChannel serving)
      throws IOException {
    InetSocketAddress own = (InetSocketAddress) serving.getLocalAddress();
    journal.received(datagram, source, own);
    BootpPacket packet;
    try {
      packet = BootpCodec.decode(datagram);
    } catch (MalformedBootpException e) {
      assignments.unanswered(
          BootProtocol.DHCP,
          BootpCodec.ethernetSender(datagram).map(h -> HardwareAddress.of(h.octets())),
          source,
          SilenceReason.MALFORMED);
      return;
    }
    HardwareAddress client = HardwareAddress.of(packet.hardware().octets());
    switch (engine.answerAtProxyPort(new DhcpMessage(packet, client, source, 0))) {
      case DhcpAnswer.Send send -> {
        ByteBuffer reply = ByteBuffer.allocate(REPLY_ROOM);
        BootpCodec.encode(send.packet(), reply);
        journal.sent(reply.flip(), own, source);
        serving.send(reply, source);
      }
      case DhcpAnswer.Unanswered no ->
          assignments.unanswered(BootProtocol.DHCP, Optional.of(client), source, no.reason());
      default -> LOG.log(Level.FINE, "No answer at the port of the proxy to {0}", client);
    }
  }

  /** One bad packet must not end the loop, nor fill the disk with what it caused. */
  private void fault(Exception e) {
    long now = System.nanoTime();
    if (now - nextLog >= 0) {
      nextLog = now + LOG_PAUSE;
      LOG.log(Level.SEVERE, "A datagram at the port of the proxy was not answered", e);
    }
  }

  @Override
  public void stop() {
    DatagramChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "The socket of the proxy did not close cleanly", e);
      }
    }
  }
}
