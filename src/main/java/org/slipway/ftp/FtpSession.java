package org.slipway.ftp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
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

  /** What speaks other protocols is cut off at its first line, before anything of it can act. */
  private static final Set<String> FOREIGN =
      Set.of("GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "EHLO", "HELO");

  /** So many unknown commands before a login are no FTP client. */
  private static final int MOST_UNKNOWN = 10;

  /** Who is not logged in after it goes. */
  private static final Duration LOGIN_PATIENCE = Duration.ofMinutes(1);

  private final FtpServices services;
  private final ControlConnection control;
  private final Runnable onOver;
  private final SessionSecurity security;
  private volatile long strangerSince = System.nanoTime();
  private final AtomicReference<Reply> farewell = new AtomicReference<>();
  private volatile SessionStage stage = BeforeLogin.FIRST;
  private volatile long active = System.nanoTime();
  private volatile long endAsked;
  private volatile long handshakeUntil;
  private volatile String client;
  private boolean leaving;
  private boolean securing;
  private int unknown;

  FtpSession(FtpServices services, ControlConnection control, Runnable onOver) {
    this.services = services;
    this.control = control;
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

  @Override
  public void run() {
    try {
      control.send(GREETING);
      converse();
      Reply goodbye = farewell.get();
      if (goodbye != null) {
        control.send(goodbye);
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
        send(malformed(e));
      }
    }
  }

  private void perform(CommandLine line) throws IOException, InterruptedException {
    Optional<FtpVerb> verb = FtpVerb.named(line.verb());
    if (verb.isEmpty()) {
      unknown(line);
      return;
    }
    if (stage instanceof LoggedIn in && !verb.get().isHeardDuringTransfer()) {
      in.awaitTransfer();
    }
    send(answer(verb.get(), line));
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

  private void unknown(CommandLine line) throws IOException {
    if (stage instanceof BeforeLogin
        && (FOREIGN.contains(line.verb())
            || FtpVerb.leftOut(line.verb()).isEmpty() && ++unknown > MOST_UNKNOWN)) {
      leave();
      return;
    }
    send(FtpVerb.leftOut(line.verb()).orElse(new Reply(500, "Unknown command.")));
  }

  private Reply malformed(MalformedCommandException e) {
    return switch (e.problem()) {
      case EMPTY, BAD_VERB -> new Reply(500, "Unknown command.");
      case TOO_LONG -> new Reply(500, "Command line too long.");
      case BAD_BYTES -> new Reply(553, "Names must be " + names() + ".");
    };
  }

  /**
   * Checks a password.
   *
   * @throws RefusedException if it is not let in
   */
  Account authenticate(String username, String password) throws InterruptedException {
    try {
      return services
          .threads()
          .work(() ->
              services
                  .login()
                  .authenticate(username, password, Channel.FTP, peer(), this::loginRefusal))
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new IllegalStateException("a password cannot be checked", e.getCause());
    }
  }

  private Optional<Refusal> loginRefusal(Account account) {
    return security.loginRefusal(services.authorization().policy(account));
  }

  void send(Reply reply) throws IOException {
    control.send(reply);
  }

  /** Ends the session after the reply to the present command. */
  void leave() {
    leaving = true;
  }

  /** Something happened: the session is not idle. */
  void touch() {
    active = System.nanoTime();
  }

  /** Whether it was told to end. */
  boolean isEnding() {
    return farewell.get() != null;
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
      if (stage instanceof BeforeLogin && now - strangerSince > LOGIN_PATIENCE.toNanos()) {
        end(new Reply(421, "No login for too long; closing the connection."));
      }
      if (now - active > idle.toNanos()) {
        end(new Reply(421, "Idle for too long; closing the connection."));
      }
    } else if (endAsked != 0 && now - endAsked > GRACE.toNanos()) {
      abortTransfer("the session was ended");
      breakOff();
    }
  }
}
