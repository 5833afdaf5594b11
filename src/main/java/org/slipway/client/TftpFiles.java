package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TransferMode;
import org.slipway.tftp.wire.TransferOption;

/** Fetches files by TFTP into a folder. */
final class TftpFiles {
  private final Selector selector;
  private final List<Duration> waits;
  private final Map<String, String> options;
  private final ProgressBars bars;

  TftpFiles(Selector selector, List<Duration> waits, Sizes sizes, ProgressBars bars) {
    this.selector = selector;
    this.waits = waits;
    this.options = sizes.asOptions();
    this.bars = bars;
  }

  /** What is asked for; the server may grant less. */
  record Sizes(int blksize, int windowsize) {
    /** Fits Ethernet's frames also through a tunnel. */
    static final Sizes DEFAULT = new Sizes(1428, 16);

    private Map<String, String> asOptions() {
      Map<String, String> options = new LinkedHashMap<>();
      options.put(TransferOption.TSIZE, "0");
      options.put(TransferOption.BLKSIZE, Integer.toString(blksize));
      if (windowsize > 1) {
        options.put(TransferOption.WINDOWSIZE, Integer.toString(windowsize));
      }
      return options;
    }
  }

  /**
   * Fetches one file, and puts it under its name when it is whole.
   *
   * @param local the address that packets leave from; empty for any
   */
  FetchedFile fetch(
      InetSocketAddress server, Optional<InetAddress> local, RemoteName name, Destination into)
      throws IOException, TftpFailedException {
    try (PartialFile file = into.create(name)) {
      return fetch(server, local, name.text(), file);
    }
  }

  /** As above, into a file of the caller's choice. */
  FetchedFile fetch(
      InetSocketAddress server, Optional<InetAddress> local, String name, PartialFile into)
      throws IOException, TftpFailedException {
    long start = System.nanoTime();
    transfer(server, local, new ReadRequest(name, TransferMode.OCTET, options), into);
    into.publish();
    return new FetchedFile(
        name,
        null,
        FetchedFile.Protocol.TFTP,
        into.target(),
        into.bytes(),
        into.sha256(),
        false,
        FetchedFile.secondsSince(start));
  }

  /** Closes the port only if it is not needed any more to acknowledge the last block. */
  private void transfer(
      InetSocketAddress server, Optional<InetAddress> local, ReadRequest request, PartialFile into)
      throws IOException, TftpFailedException {
    UdpPort port =
        UdpPort.open(
            selector,
            local.map(a -> new InetSocketAddress(a, 0)).orElseGet(() -> new InetSocketAddress(0)));
    try (Progress progress = bars.start(request.filename())) {
      new TftpDownload(port, server, waits).run(request, into, progress);
    } catch (IOException | TftpFailedException e) {
      port.close();
      throw e;
    }
  }
}
