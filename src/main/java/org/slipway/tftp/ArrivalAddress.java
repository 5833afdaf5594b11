package org.slipway.tftp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.listeners.SocketDescriptor;

/**
 * To which address of ours the next datagram of a socket for all addresses was sent: IPV6_PKTINFO
 * of Linux (RFC 3542 section 6), for IPv4 too, since such a socket of Java is one for both. It is
 * looked at before the datagram is taken. Of one loop only.
 *
 * <pre>
 *  struct msghdr       name, namelen, iov, iovlen, control, controllen, flags
 *  struct cmsghdr      len, level, type, then struct in6_pktinfo
 *  struct in6_pktinfo  addr (16 octets), ifindex
 * </pre>
 */
final class ArrivalAddress {
  private static final Logger LOG = Logger.getLogger(ArrivalAddress.class.getName());

  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_RECVPKTINFO = 49;
  private static final int IPV6_PKTINFO = 50;
  private static final int MSG_PEEK = 0x02;
  private static final int MSG_DONTWAIT = 0x40;

  private static final long HEADER_LENGTH = 56;
  private static final long CONTROL_AT = 32;
  private static final long CONTROL_LENGTH_AT = 40;
  private static final long CONTROL_SPACE = 40;
  private static final long LEVEL_AT = 8;
  private static final long TYPE_AT = 12;
  private static final long ADDRESS_AT = 16;
  private static final int ADDRESS_LENGTH = 16;

  private static final Optional<Calls> CALLS = find();

  private final int descriptor;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment header = arena.allocate(HEADER_LENGTH, 8);
  private final MemorySegment control = arena.allocate(CONTROL_SPACE, 8);
  private Optional<InetAddress> address = Optional.empty();

  /** The system's functions. */
  private record Calls(MethodHandle setsockopt, MethodHandle recvmsg) {}

  private ArrivalAddress(int descriptor) {
    this.descriptor = descriptor;
    header.set(ADDRESS, CONTROL_AT, control);
  }

  /** Asks the system to tell; empty where that cannot be. */
  static Optional<ArrivalAddress> of(DatagramChannel channel) {
    return CALLS.flatMap(calls -> {
      try (Arena arena = Arena.ofConfined()) {
        int fd = SocketDescriptor.of(channel);
        MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
        int result =
            (int) calls.setsockopt().invoke(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, on, Integer.BYTES);
        return result == 0 ? Optional.of(new ArrivalAddress(fd)) : Optional.empty();
      } catch (Throwable e) {
        LOG.log(Level.FINE, "The system does not tell where datagrams arrive", e);
        return Optional.empty();
      }
    });
  }

  /**
   * Looks at the next datagram, which stays. Whoever takes one although this was false may get one
   * that came meanwhile, of which nothing is known.
   *
   * @return whether there is one
   */
  boolean look() {
    header.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_SPACE);
    try {
      long length =
          (long) CALLS.orElseThrow().recvmsg().invoke(descriptor, header, MSG_PEEK | MSG_DONTWAIT);
      address = length < 0 ? Optional.empty() : told();
      return length >= 0;
    } catch (IOException e) {
      address = Optional.empty();
      return true;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Where the datagram that was looked at last was sent to, if an answer can come from there: not
   * for a broadcast or a multicast.
   */
  Optional<InetAddress> address() {
    return address;
  }

  private Optional<InetAddress> told() throws IOException {
    boolean told =
        header.get(JAVA_LONG, CONTROL_LENGTH_AT) >= ADDRESS_AT + ADDRESS_LENGTH
            && control.get(JAVA_INT, LEVEL_AT) == IPPROTO_IPV6
            && control.get(JAVA_INT, TYPE_AT) == IPV6_PKTINFO;
    if (!told) {
      return Optional.empty();
    }
    // What is an IPv4 address mapped into IPv6 becomes one of IPv4 here.
    byte[] octets = control.asSlice(ADDRESS_AT, ADDRESS_LENGTH).toArray(JAVA_BYTE);
    InetAddress address = InetAddress.getByAddress(octets);
    return isOwn(address) ? Optional.of(address) : Optional.empty();
  }

  /** All of 127.0.0.0/8 is ours, though only one is listed; its last address is for broadcasts. */
  private static boolean isOwn(InetAddress address) throws IOException {
    return address instanceof Inet4Address && address.isLoopbackAddress()
        ? !address.equals(InetAddress.ofLiteral("127.255.255.255"))
        : NetworkInterface.getByInetAddress(address) != null;
  }

  private static Optional<Calls> find() {
    if (!SocketDescriptor.isAvailable() || ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Calls(
              function(
                  "setsockopt",
                  FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)),
              function("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT))));
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "The address of a datagram cannot be told here", e);
      return Optional.empty();
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), signature);
  }
}
