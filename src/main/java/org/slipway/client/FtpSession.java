package org.slipway.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;

/**
 * One login at an FTP server: passive, EPSV first (RFC 2428), binary, names in UTF-8 (RFC 2640).
 */
final class FtpSession implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final FTPClient client = new FTPClient();

  private FtpSession() {}

  /**
   * Connects and logs in.
   *
   * @param local the address that both connections leave from; empty for any
   */
  static FtpSession open(
      InetSocketAddress server,
      Optional<InetAddress> local,
      String user,
      char[] password,
      Duration patience)
      throws IOException {
    FtpSession session = new FtpSession();
    try {
      session.connect(server, local, patience);
      session.login(user, password);
      return session;
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void connect(InetSocketAddress server, Optional<InetAddress> local, Duration patience)
      throws IOException {
    client.setControlEncoding(StandardCharsets.UTF_8.name());
    client.setConnectTimeout((int) patience.toMillis());
    client.setDefaultTimeout((int) patience.toMillis());
    client.setDataTimeout(patience);
    client.setBufferSize(BUFFER);
    client.setUseEPSVwithIPv4(true);
    if (local.isPresent()) {
      client.setPassiveLocalIPAddress(local.get());
      client.connect(server.getAddress(), server.getPort(), local.get(), 0);
    } else {
      client.connect(server.getAddress(), server.getPort());
    }
    require(FTPReply.isPositiveCompletion(client.getReplyCode()));
    client.setSoTimeout((int) patience.toMillis());
  }

  private void login(String user, char[] password) throws IOException {
    if (!client.login(user, new String(password))) {
      if (client.getReplyCode() == FTPReply.NOT_LOGGED_IN) {
        throw new LoginRefusedException(reply());
      }
      throw new IOException(Text.of("the server said %s", reply()));
    }
    client.enterLocalPassiveMode();
    require(client.setFileType(FTP.BINARY_FILE_TYPE));
  }

  /** Copies one file; returns only if the server says that it was whole. */
  void retrieve(RemoteName name, PartialFile into, Progress progress) throws IOException {
    Optional<Long> size = size(name);
    size.ifPresent(progress::expect);
    InputStream data = client.retrieveFileStream(name.text());
    require(data != null);
    try (data) {
      byte[] buffer = new byte[BUFFER];
      for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
        into.write(buffer, 0, n);
        progress.advance(n);
      }
    }
    require(client.completePendingCommand());
    if (size.isPresent() && size.get() != into.bytes()) {
      throw new IOException(
          Text.of("the server announced %,d bytes, but sent %,d", size.get(), into.bytes()));
    }
  }

  private Optional<Long> size(RemoteName name) throws IOException {
    String text = client.getSize(name.text());
    return text != null && text.strip().matches("[0-9]{1,18}")
        ? Optional.of(Long.parseLong(text.strip()))
        : Optional.empty();
  }

  private void require(boolean done) throws IOException {
    if (!done) {
      throw new IOException(Text.of("the server said %s", reply()));
    }
  }

  private String reply() {
    String text = client.getReplyString();
    return text == null ? Text.of("nothing") : "\"%s\"".formatted(Printable.of(text.strip()));
  }

  @Override
  public void close() throws IOException {
    try {
      if (client.isConnected()) {
        client.quit();
      }
    } catch (IOException e) {
      // The server hung up first: there is nothing to say good-bye to.
    } finally {
      client.disconnect();
    }
  }

  /** User and password are not accepted. */
  static final class LoginRefusedException extends IOException {
    private LoginRefusedException(String reply) {
      super(Text.of("the server said %s", reply));
    }
  }
}
