package org.slipway.bootp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slipway.accounts.AccessRules;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Groups;
import org.slipway.accounts.InstanceId;
import org.slipway.accounts.PasswordRules;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.SharedFolders;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.bootfiles.BootFiles;
import org.slipway.bootfiles.RemapRules;
import org.slipway.bootfiles.Templates;
import org.slipway.database.Changes;
import org.slipway.database.Database;
import org.slipway.database.GroupCommit;
import org.slipway.database.MigratedDatabase;
import org.slipway.leases.Leases;
import org.slipway.leases.Networks;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ProtocolListener;
import org.slipway.provisioning.BootNames;
import org.slipway.provisioning.BootRules;
import org.slipway.provisioning.BootSequence;
import org.slipway.provisioning.ClientArchitectures;
import org.slipway.provisioning.ClientRules;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.GrantedUploads;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.ManifestDraft;
import org.slipway.provisioning.Manifests;
import org.slipway.provisioning.RunBook;
import org.slipway.provisioning.RunEvents;
import org.slipway.provisioning.RunTimeline;
import org.slipway.provisioning.ServedBootContent;
import org.slipway.provisioning.UnknownDevices;
import org.slipway.settings.Settings;
import org.slipway.storage.FileAreas;
import org.slipway.storage.TftpUploads;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.Transfers;

/** Everything behind the boot protocols, real, on an H2 database in a folder. */
public final class BootPortal implements AutoCloseable {
  private static final Who TEST = Who.SYSTEM;

  public final Settings settings;
  public final Transfers transfers;
  public final AuditTrail audit;
  public final Networks networks;
  public final Leases leases;
  public final Devices devices;
  public final Manifests manifests;
  public final RunBook runs;
  public final UnknownDevices unknown;
  public final BootSequence assignments;
  public final ServedBootContent content;
  public final ClientArchitectures architectures = new ClientArchitectures();
  public final GrantedUploads uploads;
  public final PacketJournal journal;
  public final RemapRules remapRules;
  public final ServerSearch search;
  public final RunTimeline timeline;
  public final RunningListener.PlainThreads threads = new RunningListener.PlainThreads();
  private final Database database;
  private final GroupCommit writer;
  private final Future<?> writing;

  /**
   * @param folder becomes the data directory
   */
  public BootPortal(Path folder, Clock clock, Map<String, String> changed) {
    Map<String, String> values = new HashMap<>(Map.of("slipway.data.dir", folder.toString()));
    values.putAll(changed);
    settings = new Settings(values::get, name -> null);
    database = MigratedDatabase.open(settings);
    writer = new GroupCommit(database);
    writing = threads.loop("writer", writer::run);
    Changes changes = new Changes(database.jdbi());
    audit = new AuditTrail(database.jdbi(), writer, clock);
    transfers = new Transfers(new TransferLog(database.jdbi(), writer, audit), clock);
    AccountDirectory directory = new AccountDirectory(database.jdbi(), changes);
    InstanceId instance = new InstanceId(settings, database.jdbi(), clock);
    QuotaLedger ledger = new QuotaLedger(settings, database.jdbi(), directory, instance);
    FileAreas areas = areas(changes, directory, ledger, clock);
    networks = new Networks(database.jdbi(), changes, audit);
    leases = new Leases(database.jdbi(), writer, audit, networks, clock);
    devices = new Devices(database.jdbi(), changes, audit, leases);
    journal = new PacketJournal(devices, clock);
    search = search(clock);
    remapRules = new RemapRules(database.jdbi(), changes, audit);
    manifests = new Manifests(database.jdbi(), changes, audit, directory, areas, clock);
    RunEvents events = new RunEvents(database.jdbi(), writer, clock);
    runs =
        new RunBook(
            settings,
            database.jdbi(),
            writer,
            events,
            audit,
            clock,
            transfers,
            directory,
            devices,
            manifests,
            instance);
    instance.heartbeat();
    unknown = new UnknownDevices(database.jdbi(), writer, clock, devices);
    BootNames names = names(changes, areas, clock);
    assignments =
        new BootSequence(
            new BootRules(devices, manifests, runs, names, clock),
            runs,
            events,
            unknown,
            networks,
            clock);
    ClientRules rules = new ClientRules(devices, networks);
    content = new ServedBootContent(devices, runs, events, names, rules, clock);
    uploads = new GrantedUploads(settings, devices, networks, rules, areas, audit);
    timeline = new RunTimeline(database.jdbi(), events, manifests);
  }

  private FileAreas areas(
      Changes changes, AccountDirectory directory, QuotaLedger ledger, Clock clock) {
    return new FileAreas(
        settings,
        ledger,
        new Accounts(changes, directory, audit, new PasswordRules(settings)),
        directory,
        new AccessRules(
            new Groups(database.jdbi(), changes, audit),
            new SharedFolders(database.jdbi(), changes, audit)),
        new TftpUploads(database.jdbi(), ledger),
        clock);
  }

  private ServerSearch search(Clock clock) {
    return new ServerSearch(
        settings, new OtherServers(settings, new ServerAddress(settings), clock));
  }

  private BootNames names(Changes changes, FileAreas areas, Clock clock) {
    return new BootNames(
        settings,
        devices,
        networks,
        architectures,
        new BootFiles(
            settings, areas, remapRules, new Templates(database.jdbi(), changes, audit, areas)),
        areas,
        clock);
  }

  /** Puts a file into the TFTP area by hand. */
  public void bootFile(String path, byte[] octets) {
    try {
      Path file = settings.bootDirectory().resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param manifest null for none
   * @param bootFile null for none
   */
  public Device device(String mac, String address, String manifest, String bootFile) {
    return devices.put(
        new Device(
            new HardwareAddress(mac),
            "device " + mac,
            Optional.of(InetAddress.ofLiteral(address)),
            Optional.ofNullable(manifest),
            Optional.ofNullable(bootFile),
            true,
            Map.of(),
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        TEST);
  }

  public Manifest manifest(
      String name, Manifest.Advance advance, Manifest.End end, String... steps) {
    return manifests.put(
        new ManifestDraft(
            name,
            "",
            Optional.empty(),
            advance,
            end,
            Manifest.Rearm.SILENCE,
            Optional.empty(),
            List.of(steps).stream().map(Manifest.Step::new).toList(),
            List.of()),
        OptionalLong.empty(),
        TEST);
  }

  /** A BOOTP listener that gives addresses of pools too and hands DHCP on. */
  public BootpListener listener(DhcpMessages dhcp) {
    ServerAddress own = new ServerAddress(settings);
    return new BootpListener(
        settings,
        own,
        assignments,
        new NetworkPools(settings, new ArrivalNetwork(networks, own), devices, leases),
        dhcp,
        journal,
        search,
        threads);
  }

  /** Serves on a thread of its own until it is stopped. */
  public InetSocketAddress serve(ProtocolListener listener) throws IOException {
    InetSocketAddress address = listener.bind();
    threads.loop(
        listener.protocol(),
        () -> {
          try {
            listener.serve();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return address;
  }

  @Override
  public void close() {
    writer.stop();
    try {
      writing.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the writer does not end well", e);
    } finally {
      threads.close();
      database.close();
    }
  }
}
