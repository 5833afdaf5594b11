package org.slipway.ftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * What happens on a data connection of a fuzzed conversation.
 *
 * @param tls that of the control connection, if it is protected
 */
record FuzzedData(Random random, InetSocketAddress server, Optional<SSLContext> tls) {
  private static final int PATIENCE = 200;
  private static final int[] SIZES = {0, 1, 100, 5000, 70_000, 400_000};

  /** Sends or reads some of it, and closes it or not; says what was done. */
  String move(Socket data, boolean up) throws IOException {
    data.setSoTimeout(PATIENCE);
    try {
      if (tls.isPresent() && data.getChannel() != null && random.nextInt(3) > 0) {
        moveProtected(data);
      } else if (up) {
        data.getOutputStream().write(content());
      } else {
        data.getInputStream().readNBytes(SIZES[random.nextInt(SIZES.length)]);
      }
      switch (random.nextInt(4)) {
        case 0 -> RawClient.reset(data);
        case 1 -> data.shutdownOutput();
        case 2 -> data.close();
        default -> {
          return "(the data connection stays open)";
        }
      }
    } catch (IOException e) {
      return "(data: " + e + ")";
    }
    return "(the data connection was closed)";
  }

  /** With or without a close_notify. */
  private void moveProtected(Socket data) throws IOException {
    SSLEngine engine = tls.orElseThrow().createSSLEngine(server.getHostString(), server.getPort());
    engine.setUseClientMode(true);
    TlsConnection secured = new TlsConnection(data.getChannel(), engine);
    // Where data is not protected the listener waits for more of the upload, and so do we.
    CountDownLatch done = new CountDownLatch(1);
    Thread.startVirtualThread(() -> closeUnlessDone(data, done));
    try {
      secured.handshake();
      secured.write(ByteBuffer.wrap(content()));
      if (random.nextBoolean()) {
        secured.endOutput();
      }
    } finally {
      done.countDown();
    }
  }

  private static void closeUnlessDone(Socket data, CountDownLatch done) {
    try {
      if (!done.await(2 * PATIENCE, TimeUnit.MILLISECONDS)) {
        data.close();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Noise, or a beginning of what MODE Z and TLS expect. */
  private byte[] content() {
    byte[] noise = new byte[SIZES[random.nextInt(SIZES.length)]];
    random.nextBytes(noise);
    return switch (random.nextInt(4)) {
      case 0 -> {
        Deflater deflater = new Deflater();
        deflater.setInput(noise);
        deflater.finish();
        byte[] packed = new byte[noise.length / 2 + 20];
        int n = deflater.deflate(packed);
        deflater.end();
        yield Arrays.copyOf(packed, n);
      }
      case 1 -> {
        if (noise.length > 5) {
          System.arraycopy(new byte[] {22, 3, 3, 2, 0}, 0, noise, 0, 5);
        }
        yield noise;
      }
      default -> noise;
    };
  }
}
