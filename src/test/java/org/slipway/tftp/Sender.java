package org.slipway.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/**
 * A client that writes: window by window, back to the first missing block on an ACK within a
 * window, and again when nothing comes.
 */
final class Sender implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Probe probe;
  private final int impatience;
  private final int afterGreatest;
  private byte[] file;
  private int blksize = 512;
  private int window = 1;

  /** Blocks that are acknowledged, counted without wrapping. */
  private long acked;

  /** In a window a repeated ACK says once that all behind it is lost (RFC 7440 section 4). */
  private long wentBackTo = -1;

  private Sender(InetSocketAddress server, int impatienceMillis, int afterGreatest)
      throws IOException {
    this.probe = new Probe(server);
    this.impatience = impatienceMillis;
    this.afterGreatest = afterGreatest;
  }

  static Sender to(InetSocketAddress server) throws IOException {
    return new Sender(server, PATIENCE_MILLIS, 0);
  }

  /** For a bad network: repeats after a short while. */
  static Sender impatient(InetSocketAddress server) throws IOException {
    return new Sender(server, 30, 0);
  }

  /** Goes on with block 1 behind block 65535. */
  static Sender rollingToOne(InetSocketAddress server) throws IOException {
    return new Sender(server, PATIENCE_MILLIS, 1);
  }

  /** Writes a file; returns what the server said instead, if it did. */
  Optional<Failure> send(String name, byte[] content, String mode, String... options) {
    file = content;
    blksize = 512;
    window = 1;
    wentBackTo = -1;
    acked = -1;
    probe.write(name, mode, options);
    long end = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < end) {
      Optional<TftpPacket> answer = probe.next(impatience);
      if (answer.isEmpty() && acked < 0) {
        probe.write(name, mode, options);
      } else if (answer.isEmpty()) {
        sendWindow();
      } else if (answer.get() instanceof Failure failure) {
        return Optional.of(failure);
      } else if (answered(answer.get())) {
        return Optional.empty();
      }
    }
    throw new AssertionError("not done in a minute: " + acked + " blocks of " + name);
  }

  /** True when the last block is acknowledged. */
  private boolean answered(TftpPacket answer) {
    if (answer instanceof OptionAcknowledgement granted && acked < 0) {
      blksize = Integer.parseInt(granted.options().getOrDefault("blksize", "512"));
      window = Integer.parseInt(granted.options().getOrDefault("windowsize", "1"));
      acked = 0;
      sendWindow();
    } else if (answer instanceof Acknowledgement ack) {
      return acknowledged(ack.block());
    }
    return false;
  }

  private boolean acknowledged(int block) {
    for (long candidate = Math.max(0, acked + 1); candidate <= acked + window; candidate++) {
      if (number(candidate) == block) {
        acked = candidate;
        if (acked < blocks()) {
          sendWindow();
        }
        return acked == blocks();
      }
    }
    if (acked < 0 && block == 0) {
      acked = 0;
      sendWindow();
    } else if (window > 1 && block == number(acked) && wentBackTo != acked) {
      wentBackTo = acked;
      sendWindow();
    }
    return false;
  }

  long blocks() {
    return file.length / blksize + 1;
  }

  int number(long block) {
    int cycle = 65_536 - afterGreatest;
    return block <= 65_535 ? (int) block : (int) ((block - afterGreatest) % cycle) + afterGreatest;
  }

  private void sendWindow() {
    for (long block = acked + 1; block <= Math.min(acked + window, blocks()); block++) {
      int from = (int) ((block - 1) * blksize);
      byte[] content = Arrays.copyOfRange(file, from, Math.min(file.length, from + blksize));
      probe.toTransfer(new Data(number(block), ByteBuffer.wrap(content)));
    }
  }

  static String[] options(int blksize, int window) {
    return Stream.of("blksize", "" + blksize, "windowsize", "" + window).toArray(String[]::new);
  }

  @Override
  public void close() {
    probe.close();
  }
}
