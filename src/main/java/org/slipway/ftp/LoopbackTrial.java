package org.slipway.ftp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.slipway.certificates.ServerCertificate;
import org.slipway.ftp.FtpFinding.Kind;
import org.slipway.settings.FtpSettings;

/**
 * Comes to the own listener as a client, as far as one gets without a login, and sends a little
 * through a passive port.
 */
final class LoopbackTrial {
  private static final Logger LOG = Logger.getLogger(LoopbackTrial.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int LONGEST_REPLY = 512;
  private static final byte[] SAMPLE = "a little data".getBytes(StandardCharsets.US_ASCII);

  private final FtpServices services;
  private final ServerCertificate certificate;

  LoopbackTrial(FtpServices services, ServerCertificate certificate) {
    this.services = services;
    this.certificate = certificate;
  }

  /** What the trial has found out, and where it ended. */
  private static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient FtpFinding finding;

    FailedException(FtpFinding finding, Exception cause) {
      super(cause);
      this.finding = finding;
    }
  }

  FtpFinding run(InetSocketAddress bound, Optional<Integer> implicitTlsPort) {
    InetAddress target =
        bound.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress()
            : bound.getAddress();
    long start = System.nanoTime();
    try {
      greeted(new InetSocketAddress(target, bound.getPort()), false);
      if (implicitTlsPort.isPresent()) {
        greeted(new InetSocketAddress(target, implicitTlsPort.get()), true);
      }
      int port = movesData(target);
      return Kind.LOOPBACK_WORKS.with(port, Duration.ofNanos(System.nanoTime() - start).toMillis());
    } catch (FailedException e) {
      LOG.log(Level.WARNING, "FTP does not answer this machine itself", e.getCause());
      return e.finding;
    }
  }

  private void greeted(InetSocketAddress address, boolean implicitTls) throws FailedException {
    FtpFinding failure =
        (implicitTls ? Kind.LOOPBACK_NO_TLS : Kind.LOOPBACK_NO_GREETING).with(address.getPort());
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      try (Socket control = implicitTls ? secured(socket, address) : socket) {
        expect(control, "220");
        if (!implicitTls && services.settings().get(FtpSettings.TLS) != FtpSettings.Tls.OFF) {
          failure = Kind.LOOPBACK_NO_TLS.with(address.getPort());
          say(control, "AUTH TLS");
          expect(control, "234");
          try (Socket secured = secured(control, address)) {
            leave(secured);
          }
        } else {
          leave(control);
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new FailedException(failure, e);
    }
  }

  private static void leave(Socket control) throws IOException {
    say(control, "QUIT");
    expect(control, "221");
  }

  private static void say(Socket control, String command) throws IOException {
    control.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void expect(Socket control, String code) throws IOException {
    InputStream in = control.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n' && line.length() < LONGEST_REPLY; b = in.read()) {
      line.append((char) b);
    }
    if (!line.toString().startsWith(code + " ")) {
      throw new IOException("not " + code + " but " + line);
    }
  }

  /** Trusts the own certificate alone, whoever has signed it. */
  private Socket secured(Socket socket, InetSocketAddress address)
      throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setCertificateEntry(
        "own",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(certificate.pem().getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(own);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    socket, address.getAddress().getHostAddress(), address.getPort(), true);
    secured.startHandshake();
    return secured;
  }

  /**
   * @return the port through which data came
   */
  private int movesData(InetAddress target) throws FailedException {
    try {
      PassiveListener passive = services.passivePorts().open(target);
      try {
        passive.announce();
        try (SocketChannel client = SocketChannel.open()) {
          client
              .socket()
              .connect(new InetSocketAddress(target, passive.port()), (int) PATIENCE.toMillis());
          InetAddress from = ((InetSocketAddress) client.getLocalAddress()).getAddress();
          try (SocketChannel server = passive.connect(from, PATIENCE)) {
            server.write(ByteBuffer.wrap(SAMPLE));
            server.shutdownOutput();
            client.socket().setSoTimeout((int) PATIENCE.toMillis());
            byte[] arrived = client.socket().getInputStream().readNBytes(SAMPLE.length + 1);
            if (!Arrays.equals(arrived, SAMPLE)) {
              throw new IOException("other data came");
            }
          }
        }
        return passive.port();
      } finally {
        passive.close();
      }
    } catch (IOException e) {
      throw new FailedException(Kind.LOOPBACK_NO_DATA.with(), e);
    }
  }
}
