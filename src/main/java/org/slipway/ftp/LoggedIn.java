package org.slipway.ftp;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slipway.accounts.Account;
import org.slipway.accounts.Action;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.Channel;
import org.slipway.accounts.EffectivePolicy;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.TrafficLedger;
import org.slipway.audit.AuditAction;
import org.slipway.audit.Who;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.AuditedArea;
import org.slipway.storage.FileArea;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription;

/** An account is logged in: its home, where in it the client is, and its data connection. */
final class LoggedIn implements SessionStage, LiveSession {
  private final FtpSession session;
  private final UUID accountId;
  private final String username;
  private final FileArea home;
  private final Charset nameCharset;
  private final TransferParameters parameters = new TransferParameters();
  private final RefusedUploads refusedUploads;
  private volatile VirtualPath folder = VirtualPath.ROOT;
  private VirtualPath renameFrom;
  private final DataPorts dataPorts;
  private DataTransfer waiting;
  private volatile Ongoing running;

  LoggedIn(FtpSession session, Account account, FileArea home) {
    this.session = session;
    this.dataPorts = new DataPorts(session);
    this.accountId = account.id();
    this.username = account.username();
    this.refusedUploads = new RefusedUploads(session.services().clock());
    this.home = AuditedArea.home(home, session.services().audit(), who());
    this.nameCharset =
        session.services().authorization().policy(account).nameCharset().value().charset();
  }

  FtpSession session() {
    return session;
  }

  @Override
  public UUID accountId() {
    return accountId;
  }

  @Override
  public Channel channel() {
    return Channel.FTP;
  }

  @Override
  public String address() {
    return session.peer().getHostAddress();
  }

  @Override
  public Optional<String> client() {
    return session.client();
  }

  @Override
  public Optional<String> tls() {
    return session.tls();
  }

  @Override
  public Optional<String> currentFolder() {
    return Optional.of(folder.toString());
  }

  @Override
  public Optional<String> lastCommand() {
    return session.lastCommand();
  }

  @Override
  public Optional<Instant> lastUsed() {
    return Optional.of(session.lastUsed());
  }

  /** Another account may have logged in meanwhile, over the same connection. */
  @Override
  public void end(Refusal why) {
    if (session.stage() == this) {
      session.end(RefusalReplies.farewell(why));
    }
  }

  @Override
  public Optional<Refusal> objection(Account now) {
    return session.security().isOn()
        ? Optional.empty()
        : session.security().loginRefusal(session.services().authorization().policy(now));
  }

  String username() {
    return username;
  }

  /** In which bytes its client has names, unless that asks for UTF-8. */
  Charset nameCharset() {
    return nameCharset;
  }

  FileArea home() {
    return home;
  }

  TransferParameters parameters() {
    return parameters;
  }

  RefusedUploads refusedUploads() {
    return refusedUploads;
  }

  VirtualPath folder() {
    return folder;
  }

  void folder(VirtualPath next) {
    folder = next;
  }

  /** What holds for the account now. */
  EffectivePolicy policy() {
    return session.services().authorization().policy(account());
  }

  /** The account as it is now. */
  Account account() {
    return session.services().authorization().current(accountId);
  }

  /**
   * @throws RefusedException if the account may not
   */
  void require(Permission permission, VirtualPath path) {
    session.services().authorization().require(accountId, Channel.FTP, permission, path.toString());
  }

  /**
   * @throws RefusedException if the account may not
   */
  void require(Action action) {
    session.services().authorization().require(accountId, Channel.FTP, action);
  }

  /** What it may do at a path now. */
  Set<Permission> permissionsAt(VirtualPath path) {
    return permissions().apply(path);
  }

  /** The same for many paths, put together once. */
  Function<VirtualPath, Set<Permission>> permissions() {
    EffectivePolicy policy = policy();
    return path -> policy.permissionsAt(Channel.FTP, path.toString()).value();
  }

  /**
   * @throws RefusedException if the account may not
   */
  void requireMove(VirtualPath from, VirtualPath to, boolean ofFolder) {
    session
        .services()
        .authorization()
        .requireMove(accountId, Channel.FTP, from.toString(), to.toString(), ofFolder);
  }

  /** RNTO counts only right behind its RNFR (RFC 959 section 4.1.3). */
  void beginCommand(FtpVerb verb) {
    if (verb != FtpVerb.RNTO) {
      renameFrom = null;
    }
  }

  Optional<VirtualPath> takeRenameFrom() {
    Optional<VirtualPath> from = Optional.ofNullable(renameFrom);
    renameFrom = null;
    return from;
  }

  void renameFrom(VirtualPath from) {
    renameFrom = from;
  }

  Who who() {
    return new Who(username, address(), Channel.FTP.name());
  }

  /** A refusal that is our policy goes to the audit trail. */
  void audit(String command, String subject, Refusal refusal) {
    if (RefusalReplies.isPolicy(refusal)) {
      session
          .services()
          .audit()
          .refused(who(), AuditAction.FTP_COMMAND, command + " " + subject, refusal.kind().name());
    }
  }

  /** Somebody else may have been faster; or the client knows no better. */
  void tlsSessionNotResumed() {
    dataConnectionSuspected("TLS_SESSION_NOT_RESUMED");
  }

  /** The administrator shall know. */
  void dataConnectionSuspected(String reason) {
    session.services().audit().refused(who(), AuditAction.FTP_DATA_CONNECTION, username, reason);
  }

  /** Called now and then. */
  void watch() {
    transfer().ifPresent(Ongoing::watch);
  }

  /** Commands keep a session alive, but not a transfer whose client reads or sends no more. */
  void endIfStalled(Duration patience) {
    transfer().ifPresent(t -> t.endIfStalled(patience));
  }

  /** The client leaves. */
  void quit() {
    transfer().ifPresent(Ongoing::quit);
  }

  /** Where the next data connection is opened. */
  DataPorts dataPorts() {
    return dataPorts;
  }

  /** Prepares a transfer; it starts when the preliminary reply was sent. */
  DataTransfer prepare(DataJob job) {
    waiting = new DataTransfer(this, dataPorts.take(), job);
    return waiting;
  }

  /**
   * The same for a file: shown among the running transfers, counted against the account's traffic.
   *
   * @throws RefusedException if the account has moved too much
   */
  void prepare(DataJob job, TransferDescription description) {
    TrafficLedger.Meter meter;
    try {
      meter =
          session
              .services()
              .traffic()
              .open(accountId, direction(description), description.expectedBytes());
    } catch (RuntimeException e) {
      job.close();
      throw e;
    }
    DataTransfer transfer = prepare(job);
    transfer.countWith(meter);
    transfer.recordAs(
        session
            .services()
            .transfers()
            .start(description, () -> transfer.abort("ended by an administrator")));
  }

  /**
   * Does what was prepared, if that is so short that nothing could come between it and its first
   * reply: both replies go together then.
   *
   * @return whether it was done
   */
  boolean sendAtOnce(Reply preliminary) {
    if (waiting == null || !waiting.isShortDownload()) {
      return false;
    }
    waiting.precedeBy(preliminary);
    begin().run();
    return true;
  }

  private DataTransfer begin() {
    DataTransfer transfer = waiting;
    waiting = null;
    running = transfer;
    return transfer;
  }

  private static Bandwidth.Direction direction(TransferDescription description) {
    return switch (description.direction()) {
      case UP -> Bandwidth.Direction.UP;
      case DOWN -> Bandwidth.Direction.DOWN;
    };
  }

  /** Starts what was prepared, if anything. */
  void startTransfer() throws IOException {
    if (waiting == null) {
      return;
    }
    DataTransfer transfer = begin();
    if (transfer.isShortUpload()) {
      transfer.run();
      return;
    }
    try {
      session.services().threads().beside("ftp-data", transfer);
    } catch (RejectedExecutionException e) {
      transfer.discard();
      session.send(FtpSession.LOCAL_ERROR);
    }
  }

  /** Answers a command while the control connection goes on listening. */
  void answerBeside(LongAnswer.Work work) throws IOException {
    LongAnswer answer = new LongAnswer(this, work);
    running = answer;
    try {
      session.services().threads().session("ftp-answer", answer);
    } catch (RejectedExecutionException e) {
      running = null;
      session.send(FtpSession.LOCAL_ERROR);
    }
  }

  /** The answer that is being given beside the control connection. */
  LongAnswer longAnswer() {
    return (LongAnswer) running;
  }

  /** What goes on beside the control connection. */
  Optional<Ongoing> transfer() {
    return Optional.ofNullable(running);
  }

  void awaitTransfer() throws InterruptedException {
    Ongoing transfer = running;
    if (transfer != null) {
      transfer.await();
    }
  }

  /** Called on the thread of what went on beside the control connection when it is over. */
  void ended(Reply reply) {
    ended(Optional.empty(), reply);
  }

  /** The same where the preliminary reply has not been sent yet. */
  void ended(Optional<Reply> preliminary, Reply reply) {
    session.touch();
    try {
      session.send(preliminary, reply);
    } catch (IOException e) {
      session.breakOff();
    } finally {
      running = null;
      session.leaveIfAsked();
    }
  }

  void abortTransfer(String why) {
    Ongoing transfer = running;
    if (transfer != null) {
      transfer.abort(why);
    }
  }

  /** Lets go of everything when the session is over; it counts no more, whatever fails. */
  void close() {
    try {
      abortTransfer("the session ended");
      if (waiting != null) {
        waiting.discard();
      }
    } finally {
      dataPorts.close();
      session.services().sessions().closed(this);
      session.services().audit().done(who(), AuditAction.SIGNED_OUT, username, null, null);
    }
  }
}
