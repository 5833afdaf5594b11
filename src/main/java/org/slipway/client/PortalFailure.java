package org.slipway.client;

import java.io.IOException;
import java.net.URI;

/** Turns what went wrong with a portal's REST API into a sentence that says what to do. */
final class PortalFailure {
  private PortalFailure() {}

  /**
   * @param refused what to say when the portal said no; its reason is the only argument
   */
  static CommandFailedException of(URI portal, String refused, IOException e) {
    var unknown = ServerTrust.UnknownCertificateException.in(e);
    if (unknown.isPresent()) {
      return new CommandFailedException(
          ExitCode.FAILED,
          Text.of(
              "No authority vouches for the certificate of %s. If its SHA-256 fingerprint is what"
                  + " the server's administrator says, repeat the command with --trust %s",
              portal.getAuthority(), unknown.get().fingerprint()),
          e);
    }
    if (e instanceof PortalApi.RefusedByPortalException answered) {
      return new CommandFailedException(
          answered.status() / 100 == 5 ? ExitCode.FAILED : ExitCode.REFUSED,
          refused.formatted(answered.getMessage()),
          e);
    }
    return new CommandFailedException(
        ExitCode.NOBODY_ANSWERED,
        Text.of(
            "Nobody answers at %s: %s. Check the address and the port.",
            portal.getAuthority(), IoProblem.text(e)),
        e);
  }
}
