package org.slipway.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.CommandLine;
import org.slipway.ftp.wire.MalformedCommandException;
import org.slipway.ftp.wire.Reply;

/**
 * One control connection from greeting to goodbye, on one virtual thread. Reads a command, looks it
 * up in {@link FtpVerb}, answers; a data transfer runs beside it.
 */
final class FtpSession implements Runnable {
  static final Reply LOCAL_ERROR = new Reply(451, "Local error; the command was not carried out.");

  private static final Logger LOG = Logger.getLogger(FtpSession.class.getName());
  private static final Reply GREETING = new Reply(220, "Slipway FTP server ready.");
  private static final Duration GRACE = Duration.ofMillis(700);

  private static final long LOOK_NANOS = 100_000;

  private final FtpServices services;
  private final ControlConnection control;
  private final boolean implicitTls;
  private final Runnable onOver;
  private final SessionSecurity security;
  private volatile long strangerSince = System.nanoTime();
  private final AtomicReference<Reply> farewell = new AtomicReference<>();
  private volatile SessionStage stage = BeforeLogin.FIRST;
  private volatile long active = System.nanoTime();
  private volatile long endAsked;
  private volatile long handshakeUntil;
  private volatile String client;
  private volatile FtpVerb lastVerb;
  private volatile ReplyLanguage language = ReplyLanguage.EN;
  private volatile boolean leaving;
  private boolean securing;
  private volatile Thread reader;
  private final UnknownCommands unknown = new UnknownCommands();

  /**
   * @param implicitTls whether the client begins with a TLS handshake, before the greeting
   */
  FtpSession(
      FtpServices services, ControlConnection control, boolean implicitTls, Runnable onOver) {
    this.services = services;
    this.control = control;
    this.implicitTls = implicitTls;
    this.onOver = onOver;
    this.security = new SessionSecurity(services.settings(), services.tls());
  }

  SessionSecurity security() {
    return security;
  }

  FtpServices services() {
    return services;
  }

  SessionStage stage() {
    return stage;
  }

  void stage(SessionStage next) {
    if (stage instanceof LoggedIn) {
      // Who has logged out by REIN has as long as who has just come.
      strangerSince = System.nanoTime();
    }
    stage = next;
  }

  InetAddress peer() {
    return control.peerAddress();
  }

  InetAddress localAddress() {
    return control.localAddress();
  }

  /** In which bytes the names of files are now. */
  Charset names() {
    return control.names();
  }

  void names(Charset charset) {
    control.names(charset);
  }

  /** What the client calls itself. */
  Optional<String> client() {
    return Optional.ofNullable(client);
  }

  void client(String name) {
    client = name;
  }

  /** Version of TLS on the control connection. */
  Optional<String> tls() {
    return control.tlsSession().map(SSLSession::getProtocol);
  }

  Optional<String> lastCommand() {
    return Optional.ofNullable(lastVerb).map(FtpVerb::name);
  }

  /** When the last command or byte came or went. */
  Instant lastUsed() {
    return services.clock().instant().minusNanos(System.nanoTime() - active);
  }

  @Override
  public void run() {
    reader = Thread.currentThread();
    try {
      if (implicitTls) {
        secure();
        security.protectByDefault();
      }
      control.send(GREETING);
      converse();
      Reply goodbye = farewell.get();
      if (goodbye != null) {
        control.lastWord(language.of(goodbye));
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "A control connection broke", e);
    } catch (InterruptedException e) {
      LOG.log(Level.FINE, "A session was interrupted", e);
    } finally {
      close();
    }
  }

  private void close() {
    try {
      if (stage instanceof LoggedIn in) {
        in.close();
      }
    } finally {
      control.close();
      onOver.run();
    }
  }

  private void converse() throws IOException, InterruptedException {
    while (!leaving && farewell.get() == null) {
      try {
        Optional<CommandLine> line = control.read();
        if (line.isEmpty()) {
          abortTransfer("the control connection was closed");
          return;
        }
        touch();
        perform(line.get());
      } catch (MalformedCommandException e) {
        touch();
        send(UnknownCommands.answer(e, names()));
      }
    }
  }

  private void perform(CommandLine line) throws IOException, InterruptedException {
    Optional<FtpVerb> verb = FtpVerb.named(line.verb());
    if (verb.isEmpty()) {
      unknown(line);
      return;
    }
    lastVerb = verb.get();
    if (stage instanceof LoggedIn in && !verb.get().isHeardDuringTransfer()) {
      if (verb.get() == FtpVerb.QUIT) {
        in.quit();
      }
      in.awaitTransfer();
    }
    if (stage instanceof LoggedIn in && verb.get().takesItsTime()) {
      in.answerBeside(() -> answer(verb.get(), line));
      return;
    }
    Reply reply = answer(verb.get(), line);
    if (stage instanceof LoggedIn in && in.sendAtOnce(reply)) {
      return;
    }
    send(reply);
    if (securing) {
      secure();
    }
    if (stage instanceof LoggedIn in) {
      in.startTransfer();
    }
  }

  /** The TLS handshake begins right behind the reply to the present command. */
  void secureAfterReply() {
    securing = true;
  }

  /** Whoever does not shake hands in time is broken off, so that it holds nothing. */
  private void secure() throws IOException {
    securing = false;
    handshakeUntil = System.nanoTime() + services.dataPatience().toNanos();
    security.begin(control);
    handshakeUntil = 0;
    touch();
    stage = BeforeLogin.FIRST;
  }

  private Reply answer(FtpVerb verb, CommandLine line) throws InterruptedException {
    try {
      return verb.answer(this, line.argument());
    } catch (RefusedException e) {
      return refused(line, e.refusal());
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "The command " + verb + " failed", e);
      return LOCAL_ERROR;
    }
  }

  private void unknown(CommandLine line) throws IOException {
    Optional<Reply> reply = unknown.answer(line, stage);
    if (reply.isPresent()) {
      send(reply.get());
    } else {
      leave();
    }
  }

  private Reply refused(CommandLine line, Refusal refusal) {
    if (stage instanceof LoggedIn in) {
      in.audit(line.verb(), line.argument(), refusal);
      if (RefusalReplies.endsSession(refusal)) {
        leave();
        return RefusalReplies.farewell(refusal);
      }
    }
    return RefusalReplies.of(refusal);
  }

  void send(Reply reply) throws IOException {
    control.send(language.of(reply));
  }

  ReplyLanguage language() {
    return language;
  }

  /** From the next reply on. */
  void language(ReplyLanguage next) {
    language = next;
  }

  void send(Optional<Reply> first, Reply reply) throws IOException {
    if (first.isPresent()) {
      control.send(language.of(first.get()), language.of(reply));
    } else {
      send(reply);
    }
  }

  /** What has come on the control connection; only on the thread of the session. */
  ControlConnection.News news() throws IOException {
    return control.news();
  }

  /** Whether the control connection is protected. */
  boolean isProtected() {
    return control.isProtected();
  }

  /** Ends the session after the reply to the present command. */
  void leave() {
    leaving = true;
  }

  /** The same from another thread, where the present command was answered there. */
  void leaveIfAsked() {
    if (leaving) {
      control.wake();
    }
  }

  /**
   * Makes the thread that waits for commands look once more whether one has come, or the end of the
   * connection, and waits until it has looked. On a busy machine it could else be told much later
   * than others of what came at the same time.
   */
  void lookAtControl(Duration most) {
    Thread looking = reader;
    long end = System.nanoTime() + most.toNanos();
    LockSupport.unpark(looking);
    while (looking.getState() == Thread.State.RUNNABLE) {
      if (System.nanoTime() - end > 0) {
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Something happened: the session is not idle. */
  void touch() {
    active = System.nanoTime();
  }

  /** Ends it from any thread; the peer is told if it listens. */
  void end(Reply why) {
    if (farewell.compareAndSet(null, why)) {
      endAsked = System.nanoTime();
      abortTransfer("the session was ended");
      control.wake();
    }
  }

  private void abortTransfer(String why) {
    if (stage instanceof LoggedIn in) {
      in.abortTransfer(why);
    }
  }

  void breakOff() {
    control.breakOff();
  }

  /** Called now and then: ends it when it is idle, breaks it off when it does not end. */
  void watch(Duration idle) {
    if (stage instanceof LoggedIn in) {
      in.watch();
    }
    long now = System.nanoTime();
    if (handshakeUntil != 0 && now - handshakeUntil > 0) {
      breakOff();
    } else if (farewell.get() == null) {
      if (stage instanceof BeforeLogin
          && now - strangerSince > services.loginPatience().toNanos()) {
        end(new Reply(421, "No login for too long; closing the connection."));
      }
      if (now - active > idle.toNanos()) {
        end(new Reply(421, "Idle for too long; closing the connection."));
      } else if (stage instanceof LoggedIn in) {
        in.endIfStalled(idle);
      }
    } else if (endAsked != 0 && now - endAsked > GRACE.toNanos()) {
      abortTransfer("the session was ended");
      breakOff();
    }
  }
}
