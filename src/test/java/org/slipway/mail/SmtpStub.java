package org.slipway.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** As much of a mail server as GreenMail lacks: STARTTLS, and recipients that nobody knows. */
final class SmtpStub implements AutoCloseable {
  static final String UNKNOWN = "unknown@example.org";

  private final ServerSocket socket;
  private final Optional<SSLContext> tls;
  private volatile boolean resetsOnQuit;
  private final StringBuffer heard = new StringBuffer();

  /** Breaks connections off instead of answering to QUIT. */
  SmtpStub resetOnQuit() {
    resetsOnQuit = true;
    return this;
  }

  /**
   * @param tls offered by STARTTLS; empty for a server without
   */
  SmtpStub(Optional<SSLContext> tls) {
    this.tls = tls;
    try {
      socket = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Everything that clients have said, each line behind {@code tls} or {@code clear}. */
  String heard() {
    return heard.toString();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        say(client, "220 here");
        talk(client, false);
      } catch (IOException e) {
        // the client or the test has ended
      }
    }
  }

  private void talk(Socket client, boolean secure) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.append(secure ? "tls " : "clear ").append(line).append('\n');
      data = data && !line.equals(".");
      if (line.equals("QUIT") && resetsOnQuit) {
        client.setSoLinger(true, 0);
        return;
      }
      if (line.equals("STARTTLS")) {
        say(client, "220 go on");
        talk(secured(client), true);
        return;
      }
      if (!data) {
        say(client, answer(line));
      }
      data = data || line.equals("DATA");
    }
  }

  private String answer(String line) {
    if (line.startsWith("EHLO")) {
      return tls.isPresent() ? "250-here\r\n250 STARTTLS" : "250 here";
    }
    if (line.startsWith("RCPT") && line.contains(UNKNOWN)) {
      return "550 5.1.1 nobody of this name";
    }
    return line.equals("DATA") ? "354 go on" : "250 fine";
  }

  private Socket secured(Socket plain) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.orElseThrow().getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
