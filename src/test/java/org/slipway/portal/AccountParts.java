package org.slipway.portal;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.AccessRules;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Applications;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.ExpiredCodes;
import org.slipway.accounts.FirstAdministrator;
import org.slipway.accounts.Groups;
import org.slipway.accounts.InstanceId;
import org.slipway.accounts.Invitations;
import org.slipway.accounts.OwnNames;
import org.slipway.accounts.PasswordResets;
import org.slipway.accounts.PasswordRules;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.RegistrationMail;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.SharedFolders;
import org.slipway.accounts.TrafficLedger;
import org.slipway.audit.AuditTrail;
import org.slipway.database.Changes;
import org.slipway.database.Database;
import org.slipway.database.GroupCommit;
import org.slipway.database.MigratedDatabase;
import org.slipway.mail.MailDelivery;
import org.slipway.mail.MailTexts;
import org.slipway.mail.Outbox;
import org.slipway.mail.SmtpServer;
import org.slipway.settings.SecretBox;
import org.slipway.settings.Settings;
import org.slipway.signin.ApiTokens;
import org.slipway.signin.KnownSources;
import org.slipway.signin.LockOuts;
import org.slipway.signin.Login;
import org.slipway.signin.RefusedAttempts;
import org.slipway.signin.SecondFactor;
import org.slipway.signin.SecondFactorSetup;
import org.slipway.signin.SignInWatch;
import org.slipway.signin.StoredPasswords;
import org.slipway.signin.UnlockLink;
import org.slipway.storage.FileAreas;
import org.slipway.storage.TftpUploads;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.Transfers;

/** The parts that know accounts and files: what devices need stands on them. */
abstract class AccountParts {
  public final Settings settings;
  public final Clock clock;
  public final Database database;
  public final Jdbi jdbi;
  public final GroupCommit writer;
  public final Changes changes;
  public final AuditTrail audit;
  public final AccountDirectory directory;
  public final Accounts accounts;
  public final Outbox outbox;
  public final MailTexts mailTexts;
  public final RegistrationMail registrationMail;
  public final Applications applications;
  public final Invitations invitations;
  public final PasswordResets resets;
  public final MailDelivery delivery;
  public final ExpiredCodes expiredCodes;
  public final Registrations registrations;
  public final FirstAdministrator firstAdministrator;
  public final Groups groups;
  public final SharedFolders shared;
  public final PasswordRules passwordRules;
  public final LockOuts lockOuts;
  public final KnownSources knownSources;
  public final RefusedAttempts refusedAttempts;
  public final UnlockLink unlockLink;
  public final SignInWatch signInWatch;
  public final Login login;
  public final SecondFactor secondFactor;
  public final SecondFactorSetup secondFactorSetup;
  public final ApiTokens tokens;
  public final Authorization authorization;
  public final AccountSessions sessions;
  public final InstanceId instance;
  public final QuotaLedger ledger;
  public final TrafficLedger traffic;
  public final FileAreas areas;
  public final Transfers transfers;
  public final TransferLog transferLog;
  final ExecutorService executor = Executors.newCachedThreadPool();
  final Future<?> writing;

  AccountParts(Path folder, Clock clock, Map<String, String> values) {
    this.clock = clock;
    this.settings = settings(folder, values);
    database = MigratedDatabase.open(settings);
    jdbi = database.jdbi();
    writer = new GroupCommit(database);
    writing = executor.submit(writer::run);
    changes = new Changes(jdbi);
    audit = new AuditTrail(jdbi, writer, clock);
    directory = new AccountDirectory(jdbi, changes);
    passwordRules = new PasswordRules(settings);
    accounts = new Accounts(changes, directory, audit, passwordRules);
    outbox = new Outbox(settings, jdbi, audit, clock);
    mailTexts = new MailTexts(settings);
    registrationMail = new RegistrationMail(directory, accounts, outbox, mailTexts, clock);
    invitations = new Invitations(jdbi, directory, audit, outbox, mailTexts, clock);
    applications = new Applications(jdbi, changes, registrationMail, audit, clock);
    registrations = newRegistrations();
    resets = new PasswordResets(directory, accounts, jdbi, writer, outbox, mailTexts, audit, clock);
    delivery = new MailDelivery(outbox, new SmtpServer(settings, clock), mailTexts, audit, clock);
    expiredCodes = new ExpiredCodes(applications, invitations, resets);
    firstAdministrator =
        new FirstAdministrator(settings, accounts, directory, passwordRules, clock);
    lockOuts = new LockOuts(settings, audit, clock);
    knownSources = new KnownSources(settings, jdbi, writer, clock);
    refusedAttempts = new RefusedAttempts(audit);
    unlockLink = new UnlockLink(settings, lockOuts, knownSources, directory, audit, clock);
    signInWatch = new SignInWatch(unlockLink, refusedAttempts, knownSources, clock);
    groups = new Groups(jdbi, changes, audit);
    shared = new SharedFolders(jdbi, changes, audit);
    AccessRules access = new AccessRules(groups, shared);
    authorization = new Authorization(directory, access, clock);
    SecretBox secrets = new SecretBox(settings);
    secondFactor = new SecondFactor(jdbi, changes, settings, secrets, clock);
    login = newLogin();
    secondFactorSetup =
        new SecondFactorSetup(jdbi, changes, secondFactor, login, secrets, audit, clock);
    tokens = new ApiTokens(jdbi, changes, writer, authorization, audit, clock);
    sessions = new AccountSessions(directory, groups, authorization, clock);
    instance = new InstanceId(settings, jdbi, clock);
    ledger = new QuotaLedger(settings, jdbi, directory, instance);
    traffic = new TrafficLedger(jdbi, writer, directory, access, clock);
    TftpUploads uploads = new TftpUploads(jdbi, ledger);
    areas = new FileAreas(settings, ledger, accounts, directory, access, uploads, clock);
    areas.reconcileUnsettled();
    transferLog = new TransferLog(jdbi, writer, audit);
    transfers = new Transfers(transferLog, clock);
  }

  private Registrations newRegistrations() {
    return new Registrations(
        settings,
        accounts,
        directory,
        applications,
        new OwnNames(directory),
        invitations,
        registrationMail,
        audit,
        passwordRules,
        clock);
  }

  private Login newLogin() {
    return new Login(
        directory,
        new StoredPasswords(directory, accounts, clock),
        lockOuts,
        knownSources,
        refusedAttempts,
        secondFactor,
        authorization,
        audit,
        clock);
  }

  private static Settings settings(Path folder, Map<String, String> values) {
    Settings settings =
        new Settings(
            name -> name.equals("slipway.data.dir") ? folder.toString() : values.get(name),
            name -> null);
    try {
      java.nio.file.Files.createDirectories(folder);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    settings.readFile();
    return settings;
  }
}
