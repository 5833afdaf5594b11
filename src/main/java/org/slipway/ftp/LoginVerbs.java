package org.slipway.ftp;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.Reply;

/** USER, PASS, REIN and QUIT (RFC 959 section 4.1.1), HOST (RFC 7151). */
final class LoginVerbs {
  private static final Reply HOST_TAKEN = new Reply(220, "Host accepted.");
  private static final Reply NO_SUCH_HOST = new Reply(504, "There is no such host here.");

  /** What a name of a host may be (RFC 1123 section 2.1); also an IPv4 address. */
  private static final Pattern HOST_NAME =
      Pattern.compile("(?=.{1,253}$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?)+");

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)]");

  private LoginVerbs() {}

  /** The same for every name, known or not. */
  static Reply user(FtpSession session, BeforeLogin stage, String name) {
    Optional<Reply> objection =
        session.security().nameObjection(session.services().authorization());
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
      return open(session, authenticate(session, name.get(), password));
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

  /**
   * Checks a password.
   *
   * @throws RefusedException if it is not let in
   */
  private static Account authenticate(FtpSession session, String username, String password)
      throws InterruptedException {
    FtpServices services = session.services();
    try {
      return services
          .threads()
          .work(() ->
              services
                  .login()
                  .authenticate(
                      username,
                      password,
                      Channel.FTP,
                      session.peer(),
                      account ->
                          session
                              .security()
                              .loginRefusal(services.authorization().policy(account))))
          .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new IllegalStateException("a password cannot be checked", e.getCause());
    }
  }

  /** The stage is there before the registry knows the session, so that it can be ended at once. */
  private static Reply open(FtpSession session, Account account) {
    FtpServices services = session.services();
    LoggedIn member = new LoggedIn(session, account, services.files().home(account.id()));
    session.stage(member);
    session.names(member.nameCharset());
    services.sessions().open(account, member);
    return new Reply(230, "Logged in.");
  }

  /**
   * All names lead to the one portal, so every name is taken; an address must be the one that the
   * client has come to.
   */
  static Reply host(FtpSession session, BeforeLogin stage, String argument) {
    String host = argument.strip();
    if (stage.username().isPresent()) {
      return new Reply(503, "HOST comes before USER.");
    }
    Matcher ipv6 = IPV6.matcher(host);
    if (ipv6.matches()) {
      return isOwn(session, ipv6.group(1)) ? HOST_TAKEN : NO_SUCH_HOST;
    }
    if (IPV4.matcher(host).matches()) {
      return isOwn(session, host) ? HOST_TAKEN : NO_SUCH_HOST;
    }
    return HOST_NAME.matcher(host).matches() ? HOST_TAKEN : new Reply(501, "That is no host name.");
  }

  private static boolean isOwn(FtpSession session, String address) {
    try {
      return InetAddress.ofLiteral(address).equals(session.localAddress());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * As if the client had just come; but refused logins stay counted, and a control connection that
   * is protected stays so.
   */
  static Reply rein(FtpSession session, String nothing) {
    switch (session.stage()) {
      case LoggedIn in -> {
        in.close();
        session.stage(BeforeLogin.FIRST);
      }
      case BeforeLogin before -> session.stage(before.unnamed());
    }
    session.security().forgetDataProtection();
    session.language(ReplyLanguage.EN);
    session.names(StandardCharsets.UTF_8);
    return new Reply(220, "Ready for a new user.");
  }

  static Reply quit(FtpSession session, String nothing) {
    session.leave();
    return new Reply(221, "Goodbye.");
  }
}
