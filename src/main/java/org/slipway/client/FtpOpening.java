package org.slipway.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Opens the first session of {@code ftp}, and deals with a certificate that nobody vouches for. */
final class FtpOpening {
  private final InetSocketAddress server;
  private final String host;
  private final TlsOptions tls;
  private final Credentials who;
  private final Patience patience;
  private final Set<String> fingerprints = new HashSet<>();

  private FtpOpening(
      InetSocketAddress server, String host, TlsOptions tls, Credentials who, Patience patience) {
    this.server = server;
    this.host = host;
    this.tls = tls;
    this.who = who;
    this.patience = patience;
  }

  /**
   * @param host as the user wrote it, with or without a port
   */
  static FtpSession open(
      InetSocketAddress server, String host, TlsOptions tls, Credentials who, Patience patience)
      throws IOException {
    FtpOpening opening = new FtpOpening(server, HostPort.host(host), tls, who, patience);
    tls.fingerprint().ifPresent(opening.fingerprints::add);
    KnownServers.fingerprint(opening.name()).ifPresent(opening.fingerprints::add);
    return opening.open();
  }

  private String name() {
    return host + ":" + server.getPort();
  }

  private FtpSession open() throws IOException {
    try {
      return FtpSession.open(login());
    } catch (FtpSession.LoginRefusedException e) {
      throw new CommandFailedException(
          ExitCode.REFUSED,
          Text.of(
              "The login of %s at %s was refused (%s); check the password, and that the account is"
                  + " active.",
              who.user(), name(), e.getMessage()),
          e);
    } catch (IOException e) {
      var unknown = ServerTrust.UnknownCertificateException.in(e);
      if (unknown.isEmpty()) {
        throw new CommandFailedException(
            ExitCode.FTP_FAILED,
            Text.of("The FTP server at %s cannot be used: %s.", name(), IoProblem.text(e)),
            e);
      }
      fingerprints.add(believed(unknown.get()));
      return open();
    }
  }

  private FtpLogin login() {
    Optional<FtpTls> protection =
        tls.wanted()
            ? Optional.of(new FtpTls(tls.implicit(), new ServerTrust(fingerprints)))
            : Optional.empty();
    return new FtpLogin(server, host, Optional.empty(), protection, who, patience.ftp());
  }

  private String believed(ServerTrust.UnknownCertificateException unknown) throws IOException {
    String fingerprint = unknown.fingerprint();
    Optional<String> known = KnownServers.fingerprint(name());
    String problem =
        known.isPresent() && !known.get().equals(fingerprint)
            ? Text.of(
                "The certificate of %s is ANOTHER ONE than the one that you trusted. Either it was"
                    + " replaced, or somebody stands between you and the server.%n  trusted: %s",
                name(), known.get())
            : Text.of("No authority vouches for the certificate of %s.", name());
    String sentence =
        problem
            + Text.of(
                "%n  subject: %s%n  expires: %s%n  SHA-256: %s",
                Printable.of(unknown.subject()), unknown.expires(), fingerprint);
    if (!CredentialOptions.hasTerminal()) {
      throw refused(sentence, fingerprint, unknown);
    }
    String answer =
        System.console()
            .readLine(
                "%s%n%s",
                sentence,
                Text.of(
                    "Compare the fingerprint with what the server's administrator says. Trust it:"
                        + " (y)es, from now on; (o)nce; (n)o? "));
    switch (answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> KnownServers.remember(name(), fingerprint);
      case "o", "once" -> {}
      default -> throw refused(sentence, fingerprint, unknown);
    }
    return fingerprint;
  }

  private static CommandFailedException refused(
      String sentence, String fingerprint, Exception cause) {
    return new CommandFailedException(
        ExitCode.FTP_FAILED,
        sentence
            + Text.of(
                "%nIf that is the fingerprint that the server's administrator says, repeat the"
                    + " command with --trust %s",
                fingerprint),
        cause);
  }
}
