package org.slipway.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slipway.tftp.wire.TftpPacket;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;

/** A client that gets a file over a bad network: repeats itself, and says so when blocks miss. */
final class PatientClient {
  private static final int IMPATIENCE_MILLIS = 30;
  private static final int DALLY_MILLIS = 300;

  private final Probe probe;
  private final int blksize;
  private final int window;
  private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
  private int received;
  private int acked = -1;
  private boolean gapSaid;

  private PatientClient(Probe probe, int blksize, int window) {
    this.probe = probe;
    this.blksize = blksize;
    this.window = window;
  }

  /**
   * @param delivered whether the server knows that all has arrived
   */
  static byte[] fetch(
      InetSocketAddress server, String file, int blksize, int window, BooleanSupplier delivered)
      throws IOException {
    try (Probe probe = new Probe(server)) {
      PatientClient client = new PatientClient(probe, blksize, window);
      client.run(file);
      client.dally(delivered);
      return client.whole.toByteArray();
    }
  }

  private void run(String file) {
    String[] options = {"blksize", "" + blksize, "windowsize", "" + window};
    probe.request(file, options);
    boolean last = false;
    while (!last) {
      Optional<TftpPacket> packet = probe.next(IMPATIENCE_MILLIS);
      if (packet.isEmpty() && acked < 0) {
        probe.request(file, options);
      } else if (packet.isEmpty()) {
        ack();
      } else if (packet.get() instanceof OptionAcknowledgement) {
        ack();
      } else if (packet.get() instanceof Data data) {
        last = data(data);
      }
    }
  }

  /** The last ACK may be lost: whoever sends the last block again gets it again. */
  private void dally(BooleanSupplier delivered) {
    long end = System.nanoTime() + 60_000_000_000L;
    boolean quiet = false;
    while (!(quiet && delivered.getAsBoolean()) && System.nanoTime() < end) {
      quiet = probe.next(DALLY_MILLIS).isEmpty();
      if (!quiet) {
        ack();
      }
    }
  }

  private boolean data(Data data) {
    if (data.block() != (received + 1 & 0xffff)) {
      if (!gapSaid) {
        gapSaid = true;
        ack();
      }
      return false;
    }
    gapSaid = false;
    byte[] bytes = new byte[data.content().remaining()];
    data.content().get(bytes);
    whole.writeBytes(bytes);
    received++;
    boolean last = bytes.length < blksize;
    if (last || received - acked == window) {
      ack();
    }
    return last;
  }

  private void ack() {
    acked = received;
    probe.ack(received & 0xffff);
  }
}
