package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/** A control connection that sends exactly what it is told. */
final class RawClient implements AutoCloseable {
  private static final Pattern EXTENDED = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");

  Socket socket = new Socket();
  private InputStream in;
  private final InetAddress server;
  private final int controlPort;
  private String[] versions;

  RawClient(InetSocketAddress address) throws IOException {
    this(address.getAddress(), address.getPort());
    assertThat(reply()).startsWith("220 ");
  }

  private RawClient(InetAddress server, int controlPort) throws IOException {
    this.server = server;
    this.controlPort = controlPort;
    socket.connect(new InetSocketAddress(server, controlPort), 30_000);
    socket.setSoTimeout(30_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Shakes hands before the greeting. */
  static RawClient byImplicitTls(InetSocketAddress address, SSLContext context, String... versions)
      throws IOException {
    RawClient client = new RawClient(address.getAddress(), address.getPort());
    client.secure(context, versions);
    assertThat(client.reply()).startsWith("220 ");
    return client;
  }

  static RawClient loggedIn(TestPortal portal, String username) throws IOException {
    return loggedIn(portal.address, username);
  }

  static RawClient loggedIn(InetSocketAddress address, String username) throws IOException {
    RawClient client = new RawClient(address);
    assertThat(client.command("USER " + username)).startsWith("331 ");
    assertThat(client.command("PASS " + TestPortal.PASSWORD)).startsWith("230 ");
    assertThat(client.command("TYPE I")).startsWith("200 ");
    return client;
  }

  /** Goes on by TLS over the same connection; its session is resumed in {@link #protectedData}. */
  void secure(SSLContext context, String... versions) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(socket, server.getHostAddress(), controlPort, true);
    if (versions.length > 0) {
      tls.setEnabledProtocols(versions);
    }
    this.versions = tls.getEnabledProtocols();
    tls.startHandshake();
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
  }

  /** Sends a command that needs a data connection, and shakes hands on it. */
  ProtectedData protectedData(String line, SSLContext context) throws IOException {
    Socket data = data();
    assertThat(command(line)).startsWith("150 ");
    return protectedOver(data, context);
  }

  /** Resumes the session of the control connection if the context knows one. */
  ProtectedData protectedOver(Socket data, SSLContext context) throws IOException {
    SSLEngine engine = context.createSSLEngine(server.getHostAddress(), controlPort);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(versions);
    TlsConnection tls = new TlsConnection(data.getChannel(), engine);
    tls.handshake();
    return new ProtectedData(tls);
  }

  String command(String line) throws IOException {
    send(line);
    return reply();
  }

  void send(String line) throws IOException {
    send((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** A whole reply, its lines parted by LF; empty at the end of the connection. */
  String reply() throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      String line = line();
      if (line.isEmpty()) {
        return all.toString();
      }
      all.append(all.isEmpty() ? "" : "\n").append(line);
      if (line.matches("\\d{3} .*") && all.substring(0, 3).equals(line.substring(0, 3))) {
        return all.toString();
      }
    }
  }

  private String line() throws IOException {
    return new String(rawLine(), StandardCharsets.UTF_8).stripTrailing();
  }

  /** The bytes of a line of a reply, without its LF. */
  byte[] rawLine() throws IOException {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      bytes.write(b);
    }
    return bytes.toByteArray();
  }

  /** Opens a data connection by EPSV. */
  Socket data() throws IOException {
    String reply = command("EPSV");
    Matcher m = EXTENDED.matcher(reply);
    assertThat(m.find()).as(reply).isTrue();
    Socket data = SocketChannel.open().socket();
    data.connect(new InetSocketAddress(server, Integer.parseInt(m.group(1))), 30_000);
    data.setSoTimeout(30_000);
    return data;
  }

  /** Runs a command that sends data to us, and gives what it sent; checks for 150 and 226. */
  byte[] fetch(String line) throws IOException {
    try (Socket data = data()) {
      assertThat(command(line)).startsWith("150 ");
      byte[] bytes = data.getInputStream().readAllBytes();
      assertThat(reply()).startsWith("226 ");
      return bytes;
    }
  }

  /** Uploads and gives the last reply. */
  String store(String line, byte[] content) throws IOException {
    try (Socket data = data()) {
      String first = command(line);
      if (!first.startsWith("150 ")) {
        return first;
      }
      try {
        data.getOutputStream().write(content);
        data.shutdownOutput();
      } catch (IOException e) {
        // The server may break it off; the reply says why.
      }
      return reply();
    }
  }

  /** Breaks the connection off with a reset. */
  static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
