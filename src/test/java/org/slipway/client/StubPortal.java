package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slipway.bootp.wire.BootpPacket;

/** BOOTP, TFTP and FTP that play one device's sequence; a step counts when it was delivered. */
final class StubPortal implements AutoCloseable {
  static final String MAC = "52:54:00:12:34:56";
  static final String ADDRESS = "127.0.0.42";

  final Map<String, byte[]> boot = new ConcurrentHashMap<>();
  final Map<String, byte[]> home = new ConcurrentHashMap<>();
  private final List<String> steps;
  private final BootpStub bootp;
  private final TftpStub tftp;
  private final FtpStub ftp;

  /** Held by a transfer, so that a question waits until a delivery has been counted. */
  private final ReentrantLock transferring = new ReentrantLock();

  private volatile int next;
  private volatile String address = ADDRESS;

  StubPortal(FtpStub.Fault fault, String... steps) throws IOException {
    this.steps = List.of(steps);
    bootp = new BootpStub(this::offer);
    TftpStub.Script serving =
        TftpStub.serving(boot, (name, client) -> delivered(name, client.getAddress()));
    tftp =
        new TftpStub((request, transfer) -> {
          transferring.lock();
          try {
            serving.run(request, transfer);
          } finally {
            transferring.unlock();
          }
        });
    ftp = new FtpStub(home, fault);
  }

  StubPortal(String... steps) throws IOException {
    this(FtpStub.Fault.NONE, steps);
  }

  private List<BootpPacket> offer(BootpPacket request) {
    transferring.lock();
    try {
      return next < steps.size()
          ? List.of(BootpStub.reply(request, address, steps.get(next)))
          : List.of();
    } finally {
      transferring.unlock();
    }
  }

  private void delivered(String name, InetAddress to) {
    if (next < steps.size()
        && name.equals(steps.get(next))
        && to.getHostAddress().equals(address)) {
      next++;
    }
  }

  /** The address that deliveries are expected at. */
  void expectAt(String other) {
    address = other;
  }

  StubPortal boot(String name, String content) {
    boot.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  StubPortal home(String name, byte[] content) {
    home.put(name, content);
    return this;
  }

  /** A rendered list of the home's files, and their checksums beside it. */
  StubPortal list(String name) {
    StringBuilder list = new StringBuilder("# slipway manifest test version 1\n");
    StringBuilder sums = new StringBuilder();
    new TreeMap<>(home)
        .forEach((file, content) -> {
          list.append("key-").append(list.length()).append(": ").append(file).append('\n');
          sums.append(sha256(content)).append("  ").append(file).append('\n');
        });
    return boot(name, list.toString()).boot(name + ".sha256", sums.toString());
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  TftpStub tftp() {
    return tftp;
  }

  FtpStub ftp() {
    return ftp;
  }

  BootpStub bootp() {
    return bootp;
  }

  /** Arguments of a provision from here. */
  List<String> arguments() {
    return List.of(
        "provision",
        "127.0.0.1",
        "--mac",
        MAC,
        "--client-port=0",
        "--bootp-port=" + bootp.address().getPort(),
        "--tftp-port=" + tftp.address().getPort(),
        "--ftp-port=" + ftp.address().getPort());
  }

  @Override
  public void close() throws Exception {
    bootp.close();
    tftp.close();
    ftp.close();
  }
}
