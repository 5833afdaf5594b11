package org.slipway.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPReply;

/**
 * One login at an FTP server: passive, EPSV first (RFC 2428), binary, names in UTF-8 (RFC 2640). A
 * reply that says no is an {@link FtpRefusedException}; any other {@link IOException} means that
 * the connection broke, and {@link #reopen} may help.
 */
final class FtpSession implements Closeable {
  private static final int BUFFER = 1 << 16;

  /**
   * Octets that are sent in one go. To have the kernel send the file itself costs less here, but
   * more at the server, which then takes longer.
   */
  private static final int PIECE = 1 << 18;

  private static final DateTimeFormatter MFMT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FtpLogin login;
  private volatile FtpConnection client;
  private volatile boolean broken;

  private FtpSession(FtpLogin login) {
    this.login = login;
  }

  FtpLogin login() {
    return login;
  }

  /** Connects and logs in. */
  static FtpSession open(FtpLogin login) throws IOException {
    FtpSession session = new FtpSession(login);
    session.reopen();
    return session;
  }

  /** Connects and logs in anew; the working folder is the one that a login begins in. */
  void reopen() throws IOException {
    FtpConnection previous = client;
    if (previous != null) {
      previous.disconnect();
    }
    client = new FtpConnection(login, () -> broken);
    try {
      connect();
      authenticate();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void connect() throws IOException {
    int patience = (int) login.patience().toMillis();
    client.setSocketFactory(new ChannelSockets());
    client.setControlEncoding(StandardCharsets.UTF_8.name());
    client.setConnectTimeout(patience);
    client.setDefaultTimeout(patience);
    client.setDataTimeout(login.patience());
    client.setBufferSize(BUFFER);
    client.setUseEPSVwithIPv4(true);
    client.setListHiddenFiles(false);
    FTPClientConfig config = new FTPClientConfig();
    config.setUnparseableEntries(false);
    client.configure(config);
    if (login.local().isPresent()) {
      client.setPassiveLocalIPAddress(login.local().get());
      client.connect(login.server().getAddress(), login.server().getPort(), login.local().get(), 0);
    } else {
      client.connect(login.server().getAddress(), login.server().getPort());
    }
    require(FTPReply.isPositiveCompletion(client.getReplyCode()));
    client.setSoTimeout(patience);
  }

  private void authenticate() throws IOException {
    Credentials who = login.credentials();
    if (!client.login(who.user(), new String(who.password()))) {
      throw client.getReplyCode() == FTPReply.NOT_LOGGED_IN
          ? new LoginRefusedException(client)
          : new FtpRefusedException(client);
    }
    client.enterLocalPassiveMode();
    require(client.setFileType(FTP.BINARY_FILE_TYPE));
    client.protectData();
  }

  /** Copies one file; returns only if the server says that it was whole. */
  void retrieve(RemoteName name, PartialFile into, Progress progress) throws IOException {
    retrieve(name.text(), into, progress);
  }

  /** Goes on behind what the file has already (RFC 3659 section 5). */
  void retrieve(String path, PartialFile into, Progress progress) throws IOException {
    Optional<Long> size = size(path);
    size.ifPresent(progress::expect);
    client.setRestartOffset(into.bytes());
    try (Socket data = client.open("RETR", path);
        ReadableByteChannel in = PatientChannel.of(data, login.patience())) {
      for (int n = into.take(in); n >= 0; n = into.take(in)) {
        progress.advance(n);
      }
    } catch (LocalFileException e) {
      // What the server says of it must not be taken for its answer to the next command.
      client.completePendingCommand();
      throw e;
    }
    require(client.completePendingCommand());
    if (size.isPresent() && size.get() != into.bytes()) {
      throw new IOException(
          Text.of("the server announced %,d bytes, but sent %,d", size.get(), into.bytes()));
    }
  }

  /** Copies a file to where nothing need be whole, such as a terminal. */
  void print(String path, OutputStream out) throws IOException {
    try (Socket data = client.open("RETR", path);
        InputStream in = data.getInputStream()) {
      in.transferTo(out);
    }
    require(client.completePendingCommand());
  }

  /**
   * Sends a file, its size announced before (ALLO, RFC 959 section 4.1.3), so that a server without
   * room for it says so before the first byte.
   *
   * @param offset how much of it the server has already
   * @return what the server said at the end
   */
  String store(Path from, String path, long offset, Progress progress) throws IOException {
    long size = Files.size(from);
    progress.expect(size);
    allocate(size - offset);
    client.setRestartOffset(offset);
    try (FileChannel source = FileChannel.open(from);
        Socket data = client.open("STOR", path)) {
      progress.advance(offset);
      copy(source, offset, data, progress);
      FtpConnection.finish(data);
    } catch (FtpRefusedException e) {
      throw e;
    } catch (IOException e) {
      // The server ended it, and says why.
      explain(e);
    }
    require(client.completePendingCommand());
    return client.getReplyString().strip();
  }

  private static void copy(FileChannel source, long offset, Socket data, Progress progress)
      throws IOException {
    Optional<SocketChannel> channel = ChannelSockets.channel(data);
    ByteBuffer piece =
        channel.isPresent() ? ByteBuffer.allocateDirect(PIECE) : ByteBuffer.allocate(PIECE);
    source.position(offset);
    while (source.read(piece) >= 0) {
      piece.flip();
      progress.advance(piece.remaining());
      if (channel.isPresent()) {
        while (piece.hasRemaining()) {
          channel.get().write(piece);
        }
      } else {
        data.getOutputStream().write(piece.array(), 0, piece.remaining());
      }
      piece.clear();
    }
  }

  private void explain(IOException broken) throws IOException {
    try {
      client.completePendingCommand();
    } catch (IOException gone) {
      throw broken;
    }
    throw FTPReply.isPositiveCompletion(client.getReplyCode())
        ? broken
        : new FtpRefusedException(client);
  }

  /** Servers that do not know ALLO are not kept from the upload. */
  private void allocate(long size) throws IOException {
    if (!client.allocate(size) && isOverLimit(client.getReplyCode())) {
      throw new FtpRefusedException(client);
    }
  }

  private static boolean isOverLimit(int code) {
    return code == 552 || code == 452 || code == 550 || code == 553;
  }

  Optional<Long> size(String path) throws IOException {
    String text = client.getSize(path);
    return text != null && text.strip().matches("[0-9]{1,18}")
        ? Optional.of(Long.parseLong(text.strip()))
        : Optional.empty();
  }

  /** Files and folders in a folder, or the file of that name. */
  List<RemoteEntry> list(String path) throws IOException {
    boolean machine = client.hasFeature("MLST");
    FTPFile[] files = machine ? client.mlistDir(path) : client.listFiles(path);
    require(FTPReply.isPositiveCompletion(client.getReplyCode()));
    return Stream.of(files)
        .filter(file -> file != null && file.isValid() && !file.getName().matches("\\.\\.?"))
        .filter(file -> file.isFile() || file.isDirectory())
        .map(RemoteEntry::of)
        .toList();
  }

  String folder() throws IOException {
    String folder = client.printWorkingDirectory();
    require(folder != null);
    return folder;
  }

  void enter(String path) throws IOException {
    require(client.changeWorkingDirectory(path));
  }

  void delete(String path) throws IOException {
    require(client.deleteFile(path));
  }

  void makeFolder(String path) throws IOException {
    require(client.makeDirectory(path));
  }

  void removeFolder(String path) throws IOException {
    require(client.removeDirectory(path));
  }

  void rename(String from, String to) throws IOException {
    require(client.rename(from, to));
  }

  /** Where the server can: without it a later mirror compares by size alone. */
  void setModified(String path, Instant time) throws IOException {
    if (client.hasFeature("MFMT")) {
      client.setModificationTime(path, MFMT.format(time));
    }
  }

  /** SHA-256 of a whole file as the server computes it (HASH); empty if it does not. */
  Optional<String> sha256(String path) throws IOException {
    if (!client.hasFeature("HASH")
        || client.sendCommand("OPTS", "HASH SHA-256") / 100 != 2
        || client.sendCommand("HASH", path) != 213) {
      return Optional.empty();
    }
    return Stream.of(client.getReplyString().split("\\s+"))
        .filter(word -> word.matches("[0-9a-fA-F]{64}"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .findFirst();
  }

  /**
   * Sends a command that moves no data.
   *
   * @return the lines of the reply
   */
  List<String> command(String line) throws IOException {
    client.sendCommand(line);
    require(client.getReplyCode() / 100 < 4);
    return List.of(client.getReplyStrings());
  }

  /** Before a transfer that may be broken off. */
  void permit() {
    broken = false;
  }

  /** From another thread; the transfer under way fails, and each until the next permission. */
  void breakOff() throws IOException {
    broken = true;
    client.breakOff();
  }

  private void require(boolean done) throws IOException {
    if (!done) {
      throw new FtpRefusedException(client);
    }
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
  static final class LoginRefusedException extends FtpRefusedException {
    private LoginRefusedException(FtpConnection client) {
      super(client);
    }
  }
}
