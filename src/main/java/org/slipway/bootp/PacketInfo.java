package org.slipway.bootp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.bootp.BootpSocket.Arrival;
import org.slipway.listeners.SocketDescriptor;

/**
 * IP_PKTINFO of Linux (ip(7)): on which interface a datagram arrived, and on which one a reply
 * leaves. A device without an address can only be told apart from its twin on another network by
 * where its broadcast came in, which plain Java does not tell.
 *
 * <p>Not for several threads at once in one direction: the memory of a call is kept.
 *
 * <pre>
 *  struct msghdr      name, namelen, iov, iovlen, control, controllen, flags
 *  struct cmsghdr     len, level, type, then struct in_pktinfo
 *  struct in_pktinfo  ifindex, spec_dst (our address), addr (destination in the header)
 * </pre>
 */
final class PacketInfo {
  private static final Logger LOG = Logger.getLogger(PacketInfo.class.getName());

  private static final int IPPROTO_IP = 0;
  private static final int IP_PKTINFO = 8;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int EAGAIN = 11;
  private static final int EINTR = 4;
  private static final short AF_INET = 2;

  /** A 16-octet header and 12 octets of in_pktinfo, then padding. */
  private static final int CONTROL_LENGTH = 28;

  private static final int CONTROL_SPACE = 32;
  private static final int NAME_LENGTH = 16;

  private static final StructLayout MSGHDR =
      MemoryLayout.structLayout(
          ADDRESS.withName("name"),
          JAVA_INT.withName("namelen"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("iov"),
          JAVA_LONG.withName("iovlen"),
          ADDRESS.withName("control"),
          JAVA_LONG.withName("controllen"),
          JAVA_INT.withName("flags"),
          MemoryLayout.paddingLayout(4));
  private static final VarHandle NAMELEN = field(MSGHDR, "namelen");
  private static final VarHandle CONTROLLEN = field(MSGHDR, "controllen");
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = field(CALL_STATE, "errno");
  private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private static final Optional<Calls> CALLS = find();

  /** As constants, which the compiler turns into plain calls; null where there are none. */
  private static final MethodHandle RECVMSG = CALLS.map(Calls::recvmsg).orElse(null);

  private static final MethodHandle SENDMSG = CALLS.map(Calls::sendmsg).orElse(null);

  private final int fd;
  private final Message in;
  private final Message out;

  /** The system's functions. */
  private record Calls(MethodHandle setsockopt, MethodHandle recvmsg, MethodHandle sendmsg) {}

  private PacketInfo(int fd) {
    this.fd = fd;
    this.in = new Message();
    this.out = new Message();
  }

  /** Asks the system to tell; empty where that cannot be. */
  static Optional<PacketInfo> of(DatagramChannel channel) {
    return CALLS.flatMap(calls -> {
      int fd = SocketDescriptor.of(channel);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
        int result = (int) calls.setsockopt().invoke(fd, IPPROTO_IP, IP_PKTINFO, on, Integer.BYTES);
        return result == 0 ? Optional.of(new PacketInfo(fd)) : Optional.empty();
      } catch (Throwable e) {
        LOG.log(Level.FINE, "IP_PKTINFO could not be set", e);
        return Optional.empty();
      }
    });
  }

  /** Takes a datagram if one has come; the buffer, a direct one, is filled from its position. */
  Optional<Arrival> receive(ByteBuffer into) throws IOException {
    in.pointTo(MemorySegment.ofBuffer(into));
    NAMELEN.set(in.header, 0L, NAME_LENGTH);
    CONTROLLEN.set(in.header, 0L, (long) CONTROL_SPACE);
    long length = call(true, in);
    if (length < 0) {
      return Optional.empty();
    }
    into.position(into.position() + (int) length);
    return Optional.of(new Arrival(in.peer(), in.interfaceIndex()));
  }

  /**
   * @param datagram a direct buffer
   * @param interfaceIndex where it leaves; 0: where the system likes
   * @param from our address
   * @throws IOException also if the address is none of this machine
   */
  void send(ByteBuffer datagram, InetSocketAddress to, int interfaceIndex, Inet4Address from)
      throws IOException {
    synchronized (out) {
      out.pointTo(MemorySegment.ofBuffer(datagram));
      out.address(to, interfaceIndex, from);
      if (call(false, out) < 0) {
        throw new IOException("the system has no room for a reply now");
      }
    }
  }

  /** -1 if nothing can be done now. */
  private long call(boolean receives, Message message) throws IOException {
    MemorySegment state = message.state;
    MemorySegment header = message.header;
    try {
      while (true) {
        long result =
            receives
                ? (long) RECVMSG.invokeExact(state, fd, header, MSG_DONTWAIT)
                : (long) SENDMSG.invokeExact(state, fd, header, MSG_DONTWAIT);
        int errno = result < 0 ? (int) ERRNO.get(state, 0L) : 0;
        if (errno == EAGAIN) {
          return -1;
        }
        if (errno != 0 && errno != EINTR) {
          throw new IOException("the system refused it with error " + errno);
        }
        if (errno == 0) {
          return result;
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static VarHandle field(StructLayout layout, String name) {
    return layout.varHandle(MemoryLayout.PathElement.groupElement(name));
  }

  private static Optional<Calls> find() {
    if (!SocketDescriptor.isAvailable() || ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try {
      FunctionDescriptor option =
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
      FunctionDescriptor message = FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
      Linker.Option errno = Linker.Option.captureCallState("errno");
      return Optional.of(
          new Calls(
              function("setsockopt", option),
              function("recvmsg", message, errno),
              function("sendmsg", message, errno)));
    } catch (RuntimeException e) {
      LOG.log(Level.FINE, "The interface of a datagram cannot be told here", e);
      return Optional.empty();
    }
  }

  private static MethodHandle function(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(), signature, options);
  }

  /** The memory of one message header and what it points to. */
  private static final class Message {
    private static final long CONTROL_LEVEL = 8;
    private static final long CONTROL_TYPE = 12;
    private static final long INFO = 16;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment state = arena.allocate(CALL_STATE);
    private final MemorySegment header = arena.allocate(MSGHDR);
    private final MemorySegment name = arena.allocate(NAME_LENGTH, 8);
    private final MemorySegment iov = arena.allocate(16, 8);
    private final MemorySegment control = arena.allocate(CONTROL_SPACE, 8);

    Message() {
      field(MSGHDR, "name").set(header, 0L, name);
      NAMELEN.set(header, 0L, NAME_LENGTH);
      field(MSGHDR, "iov").set(header, 0L, iov);
      field(MSGHDR, "iovlen").set(header, 0L, 1L);
      field(MSGHDR, "control").set(header, 0L, control);
      CONTROLLEN.set(header, 0L, (long) CONTROL_SPACE);
    }

    void pointTo(MemorySegment datagram) {
      iov.set(ADDRESS, 0, datagram);
      iov.set(JAVA_LONG, 8, datagram.byteSize());
    }

    void address(InetSocketAddress to, int interfaceIndex, Inet4Address from) {
      name.set(JAVA_SHORT, 0, AF_INET);
      name.set(PORT, 2, (short) to.getPort());
      put(to.getAddress(), name, 4);
      control.set(JAVA_LONG, 0, CONTROL_LENGTH);
      control.set(JAVA_INT, CONTROL_LEVEL, IPPROTO_IP);
      control.set(JAVA_INT, CONTROL_TYPE, IP_PKTINFO);
      control.set(JAVA_INT, INFO, interfaceIndex);
      put(from, control, INFO + 4);
    }

    private static void put(InetAddress address, MemorySegment into, long offset) {
      MemorySegment.copy(address.getAddress(), 0, into, JAVA_BYTE, offset, 4);
    }

    InetSocketAddress peer() throws IOException {
      byte[] address = name.asSlice(4, 4).toArray(JAVA_BYTE);
      return new InetSocketAddress(
          InetAddress.getByAddress(address), Short.toUnsignedInt(name.get(PORT, 2)));
    }

    int interfaceIndex() {
      boolean told =
          (long) CONTROLLEN.get(header, 0L) >= CONTROL_LENGTH
              && control.get(JAVA_INT, CONTROL_LEVEL) == IPPROTO_IP
              && control.get(JAVA_INT, CONTROL_TYPE) == IP_PKTINFO;
      return told ? control.get(JAVA_INT, INFO) : 0;
    }
  }
}
