package org.slipway.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slipway.api.model.RegistrationDocument;
import org.slipway.api.model.RegistrationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applies for an account. */
@Command(
    name = "register",
    description = "Applies for an account at a portal; an administrator approves or rejects it.")
final class RegisterCommand implements Callable<Integer>, PrintsFailures {
  private static final Map<String, String> OUTCOMES =
      Map.of("ACTIVE", "approved", "REJECTED", "rejected");

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "The portal, such as https://host:8443.")
  private String url;

  @Mixin private CredentialOptions credentials;

  @Option(
      names = "--email",
      paramLabel = "E",
      required = true,
      description = "Address that the portal writes to.")
  private String email;

  @Option(names = "--name", paramLabel = "TEXT", description = "Name as people write it.")
  private String name;

  @Option(names = "--invitation", paramLabel = "CODE", description = "Code of an invitation.")
  private String invitation;

  @Option(names = "--wait", description = "Wait until the application is approved or rejected.")
  private boolean wait;

  @Option(
      names = "--trust",
      paramLabel = "FINGERPRINT",
      description = "SHA-256 fingerprint of a certificate that nobody vouches for, but you.")
  private String trust;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Patience patience;
  private RegistrationDocument state;

  RegisterCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() {
    credentials.check();
    Credentials who = credentials.resolveNew();
    Set<String> fingerprints = ServerTrust.named(trust).map(Set::of).orElse(Set.of());
    try (PortalApi portal = PortalApi.at(url, fingerprints, patience.ftp())) {
      state = apply(portal, who);
      narration().say("The application is registered as %s.", state.id());
      if (wait) {
        awaitDecision(portal);
      }
      return report();
    }
  }

  private RegistrationDocument apply(PortalApi portal, Credentials who) {
    RegistrationRequest request =
        new RegistrationRequest(who.user(), new String(who.password()), email, name, invitation);
    try {
      return portal.post("registrations", request, RegistrationDocument.class);
    } catch (IOException e) {
      throw PortalFailure.of(portal.uri(""), Text.of("The application was refused: %s."), e);
    }
  }

  /** A portal that is away for a while is waited for too. */
  private void awaitDecision(PortalApi portal) {
    String waitsFor = null;
    Duration pause = patience.poll();
    while (state.status().equals("PENDING")) {
      if (state.waitsFor() != null && !state.waitsFor().equals(waitsFor)) {
        waitsFor = state.waitsFor();
        narration()
            .say(
                waitsFor.equals("CONFIRMATION")
                    ? "Waiting until the link in the mail was opened."
                    : "Waiting until an administrator decides.");
      }
      Pause.of(pause);
      state = asked(portal, state);
    }
  }

  private RegistrationDocument asked(PortalApi portal, RegistrationDocument last) {
    try {
      return portal.get("registrations/" + last.id(), RegistrationDocument.class);
    } catch (PortalApi.RefusedByPortalException e) {
      if (e.isTransient()) {
        return last;
      }
      throw PortalFailure.of(portal.uri(""), Text.of("The application is gone: %s."), e);
    } catch (IOException e) {
      return last;
    }
  }

  private int report() {
    String reason = Optional.ofNullable(state.reason()).map(Printable::of).orElse("");
    switch (OUTCOMES.getOrDefault(state.status(), "")) {
      case "approved" -> narration().say("The account is active: log in.");
      case "rejected" ->
          throw new CommandFailedException(
              ExitCode.REFUSED,
              reason.isEmpty()
                  ? Text.of("The application was rejected.")
                  : Text.of("The application was rejected: %s.", reason));
      default -> {
        if (wait) {
          throw new CommandFailedException(
              ExitCode.REFUSED, Text.of("The account is %s.", state.status()));
        }
        narration().say("It waits for an administrator.");
      }
    }
    if (json) {
      JsonOutput.print(state, spec.commandLine().getOut());
    }
    return ExitCode.DONE.number();
  }

  @Override
  public void printFailure(CommandFailedException failure) {
    if (json) {
      Object known = state == null ? Map.of() : state;
      JsonOutput.print(JsonOutput.failed(known, failure), spec.commandLine().getOut());
    }
  }

  private Narration narration() {
    return new Narration(spec.commandLine().getOut(), json);
  }
}
