package org.slipway.ftp;

import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.Reply;

/** USER, PASS and QUIT (RFC 959 section 4.1.1). */
final class LoginVerbs {
  private LoginVerbs() {}

  /** The same for every name, known or not. */
  static Reply user(FtpSession session, BeforeLogin stage, String name) {
    Optional<Reply> objection = session.security().loginObjection();
    if (objection.isPresent()) {
      return objection.get();
    }
    session.stage(stage.named(name));
    return new Reply(331, "Password required.");
  }

  static Reply pass(FtpSession session, BeforeLogin stage, String password)
      throws InterruptedException {
    Optional<String> name = stage.username();
    if (name.isEmpty()) {
      return new Reply(503, "Send USER first.");
    }
    try {
      return open(session, session.authenticate(name.get(), password));
    } catch (RefusedException e) {
      BeforeLogin next = stage.failed();
      session.stage(next);
      if (next.failures() >= BeforeLogin.MOST_FAILURES
          || RefusalReplies.of(e.refusal()).code() == 421) {
        session.leave();
      }
      return RefusalReplies.of(e.refusal());
    }
  }

  /** The stage is there before the registry knows the session, so that it can be ended at once. */
  private static Reply open(FtpSession session, Account account) {
    FtpServices services = session.services();
    LoggedIn member = new LoggedIn(session, account, services.files().home(account.id()));
    session.stage(member);
    services.sessions().open(account, member);
    return new Reply(230, "Logged in.");
  }

  static Reply quit(FtpSession session, String nothing) {
    session.leave();
    return new Reply(221, "Goodbye.");
  }
}
