package org.slipway.ftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.AccessRules;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Groups;
import org.slipway.accounts.InstanceId;
import org.slipway.accounts.PasswordRules;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.SharedFolders;
import org.slipway.accounts.TrafficLedger;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.certificates.ServerCertificate;
import org.slipway.certificates.ServerTls;
import org.slipway.database.Changes;
import org.slipway.database.Database;
import org.slipway.database.GroupCommit;
import org.slipway.database.MigratedDatabase;
import org.slipway.portal.FreePorts;
import org.slipway.settings.SecretBox;
import org.slipway.settings.Settings;
import org.slipway.signin.KnownSources;
import org.slipway.signin.LockOuts;
import org.slipway.signin.Login;
import org.slipway.signin.RefusedAttempts;
import org.slipway.signin.SecondFactor;
import org.slipway.signin.SecondFactorSetup;
import org.slipway.signin.StoredPasswords;
import org.slipway.storage.FileAreas;
import org.slipway.storage.TftpUploads;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.Transfers;

/** An FTP listener on a free port of loopback, over real accounts, files and an H2 database. */
final class TestPortal implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  final TestThreads threads = new TestThreads();
  final Accounts accounts;
  final Groups groups;
  final AccountSessions sessions;
  final QuotaLedger ledger;
  final TrafficLedger traffic;
  final Transfers transfers;
  final TransferLog transferLog;
  final AuditTrail audit;
  final SecondFactorSetup secondFactorSetup;
  final PassivePorts passivePorts;
  final FileAreas files;
  final ServerTls tls;
  final FtpListener listener;
  final InetSocketAddress address;
  private final Map<String, String> values = new HashMap<>();
  private final Settings settings;
  private final Database database;
  private final GroupCommit writer;
  private final Future<?> writing;

  TestPortal(Path folder) {
    this(folder, Map.of());
  }

  TestPortal(Path folder, Map<String, String> chosen) {
    this(folder, chosen, Patience.USUAL);
  }

  /**
   * How long the listener waits.
   *
   * @param data for a data connection
   * @param login for a login
   */
  record Patience(Duration data, Duration login) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(2), Duration.ofMinutes(1));
  }

  TestPortal(Path folder, Map<String, String> chosen, Patience patience) {
    values.putAll(usual(folder));
    values.putAll(chosen);
    settings = new Settings(values::get, name -> null);
    database = MigratedDatabase.open(settings);
    Clock clock = Clock.systemUTC();
    var jdbi = database.jdbi();
    Changes changes = new Changes(jdbi);
    writer = new GroupCommit(database);
    writing = threads.loop("writer", writer::run);
    AccountDirectory directory = new AccountDirectory(jdbi, changes);
    audit = new AuditTrail(jdbi, writer, clock);
    accounts = new Accounts(changes, directory, audit, new PasswordRules(settings));
    groups = new Groups(jdbi, changes, audit);
    AccessRules access = new AccessRules(groups, new SharedFolders(jdbi, changes, audit));
    Authorization authorization = new Authorization(directory, access, clock);
    sessions = new AccountSessions(directory, groups, authorization, clock);
    ledger = new QuotaLedger(settings, jdbi, directory, new InstanceId(settings, jdbi, clock));
    traffic = new TrafficLedger(jdbi, writer, directory, access, clock);
    SecretBox secrets = new SecretBox(settings);
    SecondFactor secondFactor = new SecondFactor(jdbi, changes, settings, secrets, clock);
    Login login =
        new Login(
            directory,
            new StoredPasswords(directory, accounts, clock),
            new LockOuts(settings, audit, clock),
            new KnownSources(settings, jdbi, writer, clock),
            new RefusedAttempts(audit),
            secondFactor,
            authorization,
            audit,
            clock);
    secondFactorSetup =
        new SecondFactorSetup(jdbi, changes, secondFactor, login, secrets, audit, clock);
    transferLog = new TransferLog(jdbi, writer, audit);
    transfers = new Transfers(transferLog, clock);
    passivePorts = new PassivePorts(settings);
    TftpUploads uploads = new TftpUploads(jdbi, ledger);
    files = new FileAreas(settings, ledger, accounts, directory, access, uploads, clock);
    tls = new ServerTls(new ServerCertificate(settings, audit, clock));
    listener =
        new FtpListener(
            new FtpServices(
                settings,
                threads,
                login,
                sessions,
                authorization,
                files,
                transfers,
                traffic,
                audit,
                clock,
                passivePorts,
                patience.data(),
                tls,
                patience.login()));
    address = start();
  }

  private static Map<String, String> usual(Path folder) {
    return Map.of(
        "slipway.data.dir",
        folder.toString(),
        "slipway.ftp.port",
        Integer.toString(FreePorts.next()),
        "slipway.bind.address",
        "127.0.0.1",
        "slipway.ftp.passive-ports",
        "20000-29999");
  }

  private InetSocketAddress start() {
    try {
      InetSocketAddress bound = listener.bind();
      threads.loop(
          "ftp",
          () -> {
            try {
              listener.serve();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      return bound;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An active account with {@link #PASSWORD}. */
  Account account(String username) {
    return account(username, edit -> edit);
  }

  Account account(String username, UnaryOperator<AccountEdit> edit) {
    AccountEdit fresh =
        AccountEdit.fresh(username, PASSWORD, Clock.systemUTC().instant())
            .status(AccountStatus.ACTIVE, Optional.empty());
    return accounts.create(edit.apply(fresh).account(), Who.SYSTEM);
  }

  /** Changes what an account's policy says. */
  void policy(String username, AccessPolicy policy, String... memberOf) {
    accounts.change(
        username,
        OptionalLong.empty(),
        a -> AccountEdit.of(a).access(List.of(memberOf), policy).account(),
        Who.SYSTEM);
  }

  Path home(Account account) {
    return settings.homesDirectory().resolve(account.id().toString());
  }

  Path file(Account account, String name, byte[] content) throws IOException {
    Path path = home(account).resolve(name);
    Files.createDirectories(path.getParent());
    return Files.write(path, content);
  }

  /** Uploads that are under way or were left behind. */
  long staged() throws IOException {
    try (Stream<Path> files = Files.list(settings.homesDirectory().resolve(".slipway-staging"))) {
      return files.count();
    }
  }

  long usedBytes(UUID account) {
    return ledger.usage(account).usedBytes();
  }

  /** Waits for something to become true; fails when it does not within a minute. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Never came true: " + what);
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  @Override
  public void close() {
    listener.stop();
    writer.stop();
    try {
      writing.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    threads.close();
    database.close();
  }
}
