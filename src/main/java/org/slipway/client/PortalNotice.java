package org.slipway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slipway.api.model.ProvisionedRequest;
import org.slipway.bootp.wire.ClientHardware;

/** Tells a portal how the latest run of a device ended, so that its timeline ends with it. */
final class PortalNotice implements AutoCloseable {
  /** Characters of a text that a portal takes. */
  private static final int LONGEST = 300;

  private final PortalApi portal;

  private PortalNotice(PortalApi portal) {
    this.portal = portal;
  }

  /**
   * What came of it.
   *
   * @param error the sentence; absent if the portal knows
   */
  @JsonInclude(Include.NON_NULL)
  record Result(String url, boolean told, String error) {
    static Result of(String url, Optional<CommandFailedException> problem) {
      return new Result(url, problem.isEmpty(), problem.map(Exception::getMessage).orElse(null));
    }
  }

  /**
   * @param url of the console, as people write it
   * @param fingerprints of certificates that the user vouches for
   * @throws CommandFailedException if it is no URL
   */
  static PortalNotice to(String url, Set<String> fingerprints, Duration patience) {
    return new PortalNotice(PortalApi.at(url, fingerprints, patience));
  }

  /**
   * @param failure what failed; empty if the device has everything
   * @throws CommandFailedException {@code REFUSED} if the portal says no, {@code FAILED} if it
   *     cannot be told at all
   */
  void send(ClientHardware hardware, Credentials who, Optional<String> failure) {
    String mac = MacAddressConverter.spelt(hardware);
    ProvisionedRequest notice =
        new ProvisionedRequest(
            failure.isPresent() ? "NOT_PROVISIONED" : "PROVISIONED",
            failure.map(PortalNotice::acceptable).orElse(null));
    try {
      portal
          .as(PortalApi.basic(who))
          .post("devices/" + mac + "/provisioned", notice, ProvisionedRequest.class);
    } catch (IOException e) {
      CommandFailedException problem =
          PortalFailure.of(portal.uri(""), Text.of("The portal does not take the report: %s."), e);
      // 3 says that no server answered the device, which is not so.
      throw problem.exitCode() == ExitCode.NOBODY_ANSWERED
          ? new CommandFailedException(ExitCode.FAILED, problem.getMessage(), e)
          : problem;
    }
  }

  /** On one line, and not too long. */
  private static String acceptable(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
    return line.substring(0, end) + "\u2026";
  }

  @Override
  public void close() {
    portal.close();
  }
}
