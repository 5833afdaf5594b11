package org.slipway.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ports for the servers of tests, each handed out once. They lie below those which the system gives
 * to sockets that name none, and every JVM has its own block: so nothing takes such a port between
 * its choice and its use.
 */
public final class FreePorts {
  private static final int FIRST = 10_000;
  private static final int END = 18_000;
  private static final int BLOCK = 500;

  /** Its port says that the block is in use; the system frees it when this JVM ends. */
  private static final ServerSocket CLAIM = claim();

  private static int given;

  private FreePorts() {}

  private static ServerSocket claim() {
    for (int block = FIRST; block < END; block += BLOCK) {
      try {
        return new ServerSocket(block);
      } catch (IOException e) {
        // Another JVM has this block.
      }
    }
    throw new IllegalStateException("no block of ports is free");
  }

  /** A port that is free by TCP and by UDP. */
  public static int next() {
    return range(1);
  }

  /** The first of so many ports in a row that are free by TCP and by UDP. */
  public static synchronized int range(int count) {
    for (int tried = 0; tried < BLOCK; tried++) {
      if (given + count >= BLOCK) {
        given = 0;
      }
      int first = CLAIM.getLocalPort() + given + 1;
      if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
        given += count;
        return first;
      }
      given++;
    }
    throw new IllegalStateException("no port is free");
  }

  static List<Integer> next(int count) {
    return Stream.generate(FreePorts::next).limit(count).toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      InetSocketAddress address = new InetSocketAddress(port);
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (java.net.BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
