package org.slipway.ftp;

import java.util.Locale;
import java.util.Optional;
import org.slipway.accounts.EffectivePolicy;
import org.slipway.ftp.wire.Reply;

/** AUTH PBSZ PROT CCC (RFC 2228, RFC 4217): the protection of both connections by TLS. */
final class SecurityVerbs {
  private static final Reply FIRST_AUTH = new Reply(503, "Send AUTH TLS first.");

  private SecurityVerbs() {}

  /** {@code SSL} is an old name of the same (RFC 4217 section 17). */
  static Reply auth(FtpSession session, String mechanism) {
    if (!session.security().isOffered()) {
      return new Reply(502, "TLS is switched off here.");
    }
    if (session.security().isOn()) {
      return new Reply(503, "The connection is protected already.");
    }
    if (session.stage() instanceof LoggedIn) {
      return new Reply(503, "AUTH comes before USER.");
    }
    return switch (mechanism.strip().toUpperCase(Locale.ROOT)) {
      case "TLS", "SSL", "TLS-C" -> {
        session.secureAfterReply();
        yield new Reply(234, "Begin the TLS handshake.");
      }
      default -> new Reply(504, "Only AUTH TLS is known.");
    };
  }

  /** TLS has no buffers to agree on (RFC 4217 section 9). */
  static Reply pbsz(FtpSession session, String size) {
    if (!session.security().isOn()) {
      return FIRST_AUTH;
    }
    if (!size.strip().matches("\\d{1,10}")) {
      return new Reply(501, "PBSZ takes a number.");
    }
    session.security().agreeOnBufferSize();
    return new Reply(200, "PBSZ=0");
  }

  static Reply prot(FtpSession session, String level) {
    SessionSecurity security = session.security();
    if (!security.isOn()) {
      return FIRST_AUTH;
    }
    if (!security.isBufferSizeAgreed()) {
      return new Reply(503, "Send PBSZ 0 first.");
    }
    return switch (level.strip().toUpperCase(Locale.ROOT)) {
      case "P" -> {
        security.protectData(true);
        yield new Reply(200, "Data connections are protected.");
      }
      case "C" -> {
        if (!security.mayDataBeClear(policy(session))) {
          yield new Reply(534, "Data connections must be protected here.");
        }
        security.protectData(false);
        yield new Reply(200, "Data connections are clear.");
      }
      case "S", "E" -> new Reply(536, "TLS has the levels C and P.");
      default -> new Reply(504, "The levels are C and P.");
    };
  }

  private static Optional<EffectivePolicy> policy(FtpSession session) {
    return session.stage() instanceof LoggedIn in ? Optional.of(in.policy()) : Optional.empty();
  }

  /** A control connection that goes on in the clear could be taken over. */
  static Reply ccc(FtpSession session, String nothing) {
    return session.security().isOn()
        ? new Reply(534, "The control connection stays protected.")
        : new Reply(533, "The control connection is not protected.");
  }
}
