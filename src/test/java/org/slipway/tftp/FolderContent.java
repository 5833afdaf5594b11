package org.slipway.tftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.leases.TftpRules;
import org.slipway.provisioning.BootContent;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.storage.VirtualPath;

/** Boot files out of a folder; remembers what it was told of each. */
final class FolderContent implements BootContent {
  private final Path folder;
  final Map<InetAddress, HardwareAddress> devices = new ConcurrentHashMap<>();

  final Map<InetAddress, TftpRules> rules = new ConcurrentHashMap<>();
  final Set<InetAddress> disabled = ConcurrentHashMap.newKeySet();

  /** {@code path: what happened}, in order. */
  final List<String> events = new CopyOnWriteArrayList<>();

  /** {@code position length}, in order. */
  final List<String> askedAhead = new CopyOnWriteArrayList<>();

  /** Positions, in order. */
  final List<Long> reads = new CopyOnWriteArrayList<>();

  FolderContent(Path folder) {
    this.folder = folder;
  }

  @Override
  public BootTransfer open(String protocol, InetAddress client, VirtualPath path) {
    Path file = folder.resolve(path.relative());
    if (path.relative().equals("forbidden")) {
      throw new RefusedException(Refusal.Kind.NO_PERMISSION, "not for you");
    }
    if (Files.isDirectory(file)) {
      throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "a folder");
    }
    try {
      FileChannel channel = FileChannel.open(file);
      return new FileFetch(path.relative(), channel, Optional.ofNullable(devices.get(client)));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new RefusedException(Refusal.Kind.NO_SUCH_FILE, "no such file");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public TftpRules rules(InetAddress client) {
    return rules.getOrDefault(client, TftpRules.NONE);
  }

  @Override
  public boolean isServed(InetAddress client) {
    return !disabled.contains(client);
  }

  private final class FileFetch implements BootTransfer {
    private final String path;
    private final FileChannel channel;
    private final Optional<HardwareAddress> device;

    FileFetch(String path, FileChannel channel, Optional<HardwareAddress> device) {
      this.path = path;
      this.channel = channel;
      this.device = device;
    }

    @Override
    public long size() {
      try {
        return channel.size();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String tag() {
      return path;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      if (path.equals("faulty")) {
        throw new IllegalStateException("a fault of the server");
      }
      reads.add(position);
      return channel.read(into, position);
    }

    @Override
    public void willRead(long position, long length) {
      askedAhead.add(position + " " + length);
    }

    @Override
    public Optional<HardwareAddress> device() {
      return device;
    }

    @Override
    public void lastBlockSent() {
      events.add(path + ": lastBlockSent");
    }

    @Override
    public void delivered() {
      events.add(path + ": delivered");
    }

    @Override
    public void neverAcknowledged() {
      events.add(path + ": neverAcknowledged");
    }

    @Override
    public void unacknowledged(String reason) {
      events.add(path + ": unacknowledged " + reason);
    }

    @Override
    public void sizeProbed() {
      events.add(path + ": sizeProbed");
    }

    @Override
    public void aborted(long bytes, String reason) {
      events.add(path + ": aborted " + bytes + " " + reason);
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
