package org.slipway.portal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A connection to the encrypted port that trusts whatever it is shown, and tells what that was. */
public final class TlsConnection implements AutoCloseable {
  private static final int PATIENCE = 20_000;

  private final SSLSocket socket;

  private TlsConnection(SSLSocket socket) {
    this.socket = socket;
  }

  /** Shakes hands anew: no session of an earlier connection is resumed. */
  public static TlsConnection to(int port) throws IOException {
    return open(port, new String[0], new String[0]);
  }

  /** Offers one version of TLS alone. */
  public static TlsConnection to(int port, String version) throws IOException {
    return open(port, new String[] {version}, new String[0]);
  }

  /** Offers one suite of TLS 1.2 alone. */
  public static TlsConnection withSuite(int port, String suite) throws IOException {
    return open(port, new String[] {"TLSv1.2"}, new String[] {suite});
  }

  private static TlsConnection open(int port, String[] versions, String[] suites)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    try {
      socket.setSoTimeout(PATIENCE);
      if (versions.length > 0) {
        socket.setEnabledProtocols(versions);
      }
      if (suites.length > 0) {
        socket.setEnabledCipherSuites(suites);
      }
      socket.startHandshake();
      return new TlsConnection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  public static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAnything()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate of the other end. */
  public X509Certificate shown() throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  public int chainLength() throws IOException {
    return socket.getSession().getPeerCertificates().length;
  }

  /** Asks by GET on this connection, which stays open, and returns the head of the answer. */
  public String get(String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed after " + head);
      }
      head.append((char) c);
    }
    int length =
        Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
    in.readNBytes(length);
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class TrustsAnything extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
