package org.slipway.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditTrail;
import org.slipway.database.Database;
import org.slipway.database.GroupCommit;
import org.slipway.database.MigratedDatabase;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.portal.FreePorts;
import org.slipway.provisioning.BootUploads;
import org.slipway.settings.Settings;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.TransferRecord;
import org.slipway.transfers.Transfers;

/** A TFTP server on loopback over a folder, with everything real but the boot sequence. */
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final Path folder;
  final FolderContent content;
  final Settings settings;
  final Transfers transfers;
  final AuditTrail audit;
  final RequestJournal journal;
  final int port;

  /** Ended transfers. */
  final List<TransferRecord> history = new CopyOnWriteArrayList<>();

  private final PlainThreads threads = new PlainThreads();
  private final Database database;
  private final GroupCommit writer;
  private final ListenerSupervisor supervisor;

  /**
   * @param changed settings, in pairs of name and value
   */
  RunningServer(Path folder, String... changed) throws IOException {
    this.folder = folder;
    this.port = FreePorts.next();
    Map<String, String> values = new ConcurrentHashMap<>();
    values.put("slipway.tftp.port", Integer.toString(port));
    values.put("slipway.db.url", "jdbc:h2:mem:" + UUID.randomUUID());
    for (int i = 0; i < changed.length; i += 2) {
      values.put(changed[i], changed[i + 1]);
    }
    settings = new Settings(values::get, name -> null);
    content = new FolderContent(folder);
    database = MigratedDatabase.open(settings);
    writer = new GroupCommit(database);
    threads.loop("writer", writer::run);
    Clock clock = Clock.systemUTC();
    audit = new AuditTrail(database.jdbi(), writer, clock);
    transfers = new Transfers(new TransferLog(database.jdbi(), writer, audit), clock);
    transfers.onEnded(history::add);
    journal = new RequestJournal(transfers);
    TftpListener listener =
        new TftpListener(settings, content, new NoUploads(), transfers, journal, threads);
    supervisor = new ListenerSupervisor(List.of(listener), threads, clock);
    supervisor.startEnabled();
  }

  private static final class NoUploads implements BootUploads {
    @Override
    public UploadGrant grant(InetAddress client, VirtualPath path) {
      throw new RefusedException(Refusal.Kind.NO_PERMISSION, "nobody writes here");
    }

    @Override
    public boolean isGranted(InetAddress client) {
      return false;
    }
  }

  ListenerSupervisor supervisor() {
    return supervisor;
  }

  InetSocketAddress address(String host) {
    return new InetSocketAddress(host, port);
  }

  /** Makes a file with content that repeats nowhere. */
  byte[] file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Files.write(folder.resolve(name), bytes);
    return bytes;
  }

  /** Waits until something is true; false if that takes too long. */
  static boolean soon(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  boolean soonTold(String event) {
    return soon(() -> content.events.stream().anyMatch(e -> e.startsWith(event)));
  }

  @Override
  public void close() {
    supervisor.stopAll();
    threads.close();
    database.close();
  }
}
