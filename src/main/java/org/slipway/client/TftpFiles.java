package org.slipway.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;
import org.slipway.tftp.wire.TransferMode;
import org.slipway.tftp.wire.TransferOption;

/** Moves files by TFTP between a folder and a server. */
final class TftpFiles {
  private final UdpPorts ports;
  private final List<Duration> waits;
  private final Sizes sizes;
  private final ProgressBars bars;

  TftpFiles(UdpPorts ports, List<Duration> waits, Sizes sizes, ProgressBars bars) {
    this.ports = ports;
    this.waits = waits;
    this.sizes = sizes;
    this.bars = bars;
  }

  /**
   * What is asked for; the server may grant less.
   *
   * @param timeout seconds until the server repeats a packet; empty leaves that to it
   * @param text whether the file goes as netascii
   */
  record Sizes(int blksize, int windowsize, OptionalInt timeout, boolean text) {
    /** Fits Ethernet's frames also through a tunnel. */
    static final Sizes DEFAULT = new Sizes(1428, 16, OptionalInt.empty(), false);

    /** Octets of a window that are sent in one go; a larger one is more than any path holds. */
    private static final int LARGEST_WINDOW = 4 << 20;

    private Map<String, String> asOptions(long tsize) {
      Map<String, String> options = new LinkedHashMap<>();
      if (!text) {
        // Whether netascii's size is meant before or after its translation, nobody agrees on.
        options.put(TransferOption.TSIZE, Long.toString(tsize));
      }
      options.put(TransferOption.BLKSIZE, Integer.toString(blksize));
      if (windowsize > 1) {
        options.put(TransferOption.WINDOWSIZE, Integer.toString(windowsize));
      }
      timeout.ifPresent(seconds -> options.put(TransferOption.TIMEOUT, Integer.toString(seconds)));
      return options;
    }

    /** With a window that can be kept in memory, and whose blocks can be told apart. */
    private Sizes forSending() {
      int most = Math.min(Short.MAX_VALUE, LARGEST_WINDOW / blksize);
      return new Sizes(blksize, Math.min(windowsize, most), timeout, text);
    }

    private String mode() {
      return text ? TransferMode.NETASCII : TransferMode.OCTET;
    }
  }

  /**
   * Fetches one file, and puts it under its name when it is whole.
   *
   * @param local the address that packets leave from; empty for any
   * @param remote its name there
   * @param name its name here
   */
  MovedFile fetch(
      InetSocketAddress server,
      Optional<InetAddress> local,
      String remote,
      RemoteName name,
      Destination into)
      throws IOException, TftpFailedException {
    try (PartialFile file = into.create(name)) {
      return fetch(server, local, remote, file).named(name.text());
    }
  }

  /** As above, into a file of the caller's choice. */
  MovedFile fetch(
      InetSocketAddress server, Optional<InetAddress> local, String name, PartialFile into)
      throws IOException, TftpFailedException {
    long start = System.nanoTime();
    ReadRequest request = new ReadRequest(name, sizes.mode(), sizes.asOptions(0));
    if (sizes.text()) {
      OutputStream text = Netascii.decodingTo(into);
      fetch(server, local, request, Channels.newChannel(text));
      text.flush();
    } else {
      fetch(server, local, request, into);
    }
    String sha256 = into.sum() == PartialFile.Sum.MEANWHILE ? into.sha256() : null;
    into.publish();
    return new MovedFile(
        name,
        null,
        MovedFile.Protocol.TFTP,
        into.target(),
        into.bytes(),
        sha256,
        false,
        MovedFile.secondsSince(start));
  }

  private void fetch(
      InetSocketAddress server,
      Optional<InetAddress> local,
      ReadRequest request,
      WritableByteChannel sink)
      throws IOException, TftpFailedException {
    transfer(server, local, request.filename(), progress -> new TftpRead(request, sink, progress));
  }

  /**
   * Sends one file under a name of the server's.
   *
   * @param checksum whether it is computed too
   */
  MovedFile send(InetSocketAddress server, String name, Path from, boolean checksum)
      throws IOException, TftpFailedException {
    long start = System.nanoTime();
    String sha256 = checksum ? Checksums.of(from) : null;
    if (sizes.text()) {
      Path encoded = Files.createTempFile("slipway-", ".netascii");
      try {
        Netascii.encode(from, encoded);
        send(server, name, FileChannel.open(encoded));
      } finally {
        Files.delete(encoded);
      }
    } else {
      send(server, name, FileChannel.open(from));
    }
    return new MovedFile(
        name,
        null,
        MovedFile.Protocol.TFTP,
        from,
        Files.size(from),
        sha256,
        false,
        MovedFile.secondsSince(start));
  }

  private void send(InetSocketAddress server, String name, FileChannel opened)
      throws IOException, TftpFailedException {
    try (FileChannel source = opened) {
      WriteRequest request =
          new WriteRequest(name, sizes.mode(), sizes.forSending().asOptions(source.size()));
      transfer(
          server, Optional.empty(), name, progress -> new TftpWrite(request, source, progress));
    }
  }

  /** Makes our side of a transfer whose progress is shown. */
  private interface Side {
    TftpSide with(Progress progress) throws IOException;
  }

  /** Closes the port only if it is not needed any more to acknowledge the last block. */
  private void transfer(
      InetSocketAddress server, Optional<InetAddress> local, String name, Side side)
      throws IOException, TftpFailedException {
    UdpPort port =
        UdpPort.open(
            ports,
            local.map(a -> new InetSocketAddress(a, 0)).orElseGet(() -> new InetSocketAddress(0)));
    try (Progress progress = bars.start(name)) {
      new TftpTransfer(port, server, waits).run(side.with(progress));
    } catch (IOException | TftpFailedException e) {
      port.close();
      throw e;
    }
  }
}
