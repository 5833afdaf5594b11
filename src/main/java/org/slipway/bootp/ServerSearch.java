package org.slipway.bootp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.slipway.bootp.wire.BootpCodec;
import org.slipway.bootp.wire.BootpPacket;
import org.slipway.bootp.wire.ClientHardware;
import org.slipway.bootp.wire.DhcpMessageType;
import org.slipway.bootp.wire.Leniency;
import org.slipway.bootp.wire.MalformedBootpException;
import org.slipway.bootp.wire.VendorArea;
import org.slipway.bootp.wire.VendorOption;
import org.slipway.bootp.wire.VendorTag;
import org.slipway.settings.DhcpSettings;
import org.slipway.settings.DhcpSettings.DhcpMode;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * Asks for an address on each of our networks, as a client would, and takes none: who offers one is
 * another DHCP server. An offer binds nobody until it is requested (RFC 2131 section 3.1).
 */
@Singleton
public final class ServerSearch {
  /** Some servers look for three seconds whether the address is free before they offer it. */
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final Logger LOG = Logger.getLogger(ServerSearch.class.getName());
  private static final int ROOM = 1500;
  private static final InetAddress EVERYBODY = InetAddress.ofLiteral("255.255.255.255");
  private static final InetAddress LOOPBACK_BROADCAST = InetAddress.ofLiteral("127.255.255.255");

  private final Settings settings;
  private final OtherServers others;
  private final SecureRandom random = new SecureRandom();
  private Result last;
  private long lastEnd;

  @Inject
  public ServerSearch(Settings settings, OtherServers others) {
    this.settings = settings;
    this.others = others;
  }

  /**
   * What came of it.
   *
   * @param askedFrom our addresses that the question left from
   * @param servers who answered
   * @param error why nothing could be heard
   */
  public record Result(
      List<Inet4Address> askedFrom, List<Inet4Address> servers, Optional<String> error) {}

  /** Who was found, and who showed up otherwise. */
  public OtherServers others() {
    return others;
  }

  /**
   * Takes as long as {@link #PATIENCE}. Who asks while another search runs is told what that one
   * found.
   */
  public Result search() {
    long asked = System.nanoTime();
    synchronized (this) {
      if (last == null || lastEnd - asked < 0) {
        last = searched(PATIENCE);
        lastEnd = System.nanoTime();
      }
      return last;
    }
  }

  /** For the start of a server: what is found is told in the log. */
  void report() {
    Result result = search();
    DhcpMode mode = settings.get(DhcpSettings.MODE);
    result
        .error()
        .ifPresent(e -> LOG.log(Level.WARNING, "Other DHCP servers cannot be looked for: {0}", e));
    if (result.error().isPresent() || result.askedFrom().isEmpty()) {
      return;
    }
    String found =
        result.servers().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(", "));
    if (mode == DhcpMode.SERVER && !found.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Other DHCP servers answer in the networks of this machine: {0}. Devices may take their"
              + " addresses; switch one of the two off, or use slipway.dhcp.mode=proxy.",
          found);
    } else if (mode == DhcpMode.PROXY && found.isEmpty()) {
      LOG.warning("No DHCP server answers: beside a proxy, another server must give the addresses");
    } else {
      LOG.log(Level.INFO, "Other DHCP servers: {0}", found.isEmpty() ? "none" : found);
    }
  }

  Result searched(Duration patience) {
    List<Inet4Address> from = ownAddresses();
    byte[] hardware = new byte[6];
    random.nextBytes(hardware);
    // Locally administered, for one: no maker gives it to a device.
    hardware[0] = 0x02;
    others.searching(hardware);
    int xid = random.nextInt();
    byte[] question = question(ClientHardware.ethernet(hardware), xid);
    Map<String, Inet4Address> found = new TreeMap<>();
    try (DatagramSocket ear = ear()) {
      List<Inet4Address> asked = from.stream().filter(a -> ask(a, question)).toList();
      long end = System.nanoTime() + patience.toNanos();
      long left = asked.isEmpty() ? 0 : patience.toMillis();
      while (left > 0) {
        listen(ear, (int) left, xid).ifPresent(a -> found.put(a.getHostAddress(), a));
        left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      }
      return new Result(asked, List.copyOf(found.values()), Optional.empty());
    } catch (IOException e) {
      return new Result(List.of(), List.of(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /** Of each network that the server is in; loopback only where it is bound to nothing else. */
  private List<Inet4Address> ownAddresses() {
    Optional<InetAddress> bound =
        settings.get(PortalSettings.BIND_ADDRESS).filter(a -> !a.isAnyLocalAddress());
    return LocalAddresses.current().addresses().stream()
        .map(LocalAddresses.LocalAddress::address)
        .filter(a -> bound.map(a::equals).orElse(!a.isLoopbackAddress()))
        .toList();
  }

  /** A client of this machine may listen there too; broadcasts reach both. */
  private DatagramSocket ear() throws IOException {
    DatagramSocket ear = new DatagramSocket(null);
    try {
      ear.setReuseAddress(true);
      ear.bind(
          new InetSocketAddress(
              InetAddress.ofLiteral("0.0.0.0"), settings.get(PortalSettings.BOOTP_CLIENT_PORT)));
      return ear;
    } catch (IOException | RuntimeException e) {
      ear.close();
      throw e;
    }
  }

  /** The system finds the interface by the address that the socket is bound to. */
  private boolean ask(Inet4Address from, byte[] question) {
    InetAddress to = from.isLoopbackAddress() ? LOOPBACK_BROADCAST : EVERYBODY;
    try (DatagramSocket mouth = new DatagramSocket(new InetSocketAddress(from, 0))) {
      mouth.setBroadcast(true);
      int port = settings.get(PortalSettings.BOOTP_PORT);
      mouth.send(new DatagramPacket(question, question.length, new InetSocketAddress(to, port)));
      return true;
    } catch (IOException e) {
      LOG.log(Level.FINE, "Other servers cannot be asked from " + from.getHostAddress(), e);
      return false;
    }
  }

  private static byte[] question(ClientHardware hardware, int xid) {
    List<VendorOption> options = new ArrayList<>();
    options.add(DhcpMessageType.DISCOVER.option());
    options.add(
        new VendorOption(
            VendorTag.PARAMETER_REQUEST_LIST,
            new byte[] {VendorTag.SUBNET_MASK, VendorTag.ROUTER, VendorTag.DOMAIN_NAME_SERVER}));
    ByteBuffer into = ByteBuffer.allocate(ROOM);
    BootpCodec.encode(
        BootpPacket.request(hardware, xid)
            .withFlags(BootpPacket.BROADCAST_FLAG)
            .withVend(VendorArea.of(options)),
        into);
    into.flip();
    byte[] octets = new byte[into.remaining()];
    into.get(octets);
    return octets;
  }

  /** The server that answered; empty if nobody did, or somebody else was answered. */
  private Optional<Inet4Address> listen(DatagramSocket ear, int millis, int xid)
      throws IOException {
    DatagramPacket datagram = new DatagramPacket(new byte[ROOM], ROOM);
    ear.setSoTimeout(millis);
    try {
      ear.receive(datagram);
      BootpPacket reply =
          BootpCodec.decode(
              ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()).slice(), Leniency.ALL);
      return reply.op() == BootpPacket.Op.BOOTREPLY && reply.xid() == xid
          ? others.answered(reply, datagram.getAddress())
          : Optional.empty();
    } catch (SocketTimeoutException | MalformedBootpException e) {
      return Optional.empty();
    }
  }
}
