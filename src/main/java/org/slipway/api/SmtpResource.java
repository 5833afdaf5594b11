package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.OutboxDocument;
import org.slipway.api.model.SettingDocument;
import org.slipway.api.model.SmtpTestDocument;
import org.slipway.api.model.SmtpTestRequest;
import org.slipway.mail.MailAddress;
import org.slipway.mail.MailDelivery;
import org.slipway.mail.Outbox;
import org.slipway.mail.OutboxEntry;
import org.slipway.settings.MailSettings;
import org.slipway.settings.Settings;

/** The mail server: its settings, a mail to try them, and what was sent. */
@Singleton
@Path("/settings")
@Produces(MediaType.APPLICATION_JSON)
public class SmtpResource {
  private final Settings settings;
  private final Outbox outbox;
  private final MailDelivery delivery;

  @Inject
  public SmtpResource(Settings settings, Outbox outbox, MailDelivery delivery) {
    this.settings = settings;
    this.outbox = outbox;
    this.delivery = delivery;
  }

  @GET
  @Path("smtp")
  @Needs(Action.MANAGE_SETTINGS)
  public Items<SettingDocument> smtp() {
    List<SettingDocument> all =
        MailSettings.ALL.stream()
            .map(settings::resolve)
            .map(r -> new SettingDocument(r.setting().name(), r.text(), r.source().name()))
            .toList();
    return new Items<>(all, all.size());
  }

  /** Waits for the mail server's answer. */
  @POST
  @Path("smtp-test")
  @Needs(Action.MANAGE_SETTINGS)
  @Consumes(MediaType.APPLICATION_JSON)
  public SmtpTestDocument test(SmtpTestRequest asked, @Context SecurityContext security) {
    Caller caller = Caller.of(security);
    if (!outbox.isOn()) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT, "There is no mail server; set slipway.smtp.host");
    }
    MailAddress to =
        Optional.ofNullable(asked.to())
            .or(() -> caller.account().email())
            .flatMap(MailAddress::find)
            .orElseThrow(() ->
                new InvalidInputException("to", "email.pattern", "This is no e-mail address"));
    Optional<String> error = delivery.test(to, caller.account().language(), caller.who());
    return new SmtpTestDocument(error.isEmpty(), to.text(), error.orElse(null));
  }

  @GET
  @Path("smtp-outbox")
  @Needs(Action.MANAGE_SETTINGS)
  public Items<OutboxDocument> outbox(@BeanParam ListParameters parameters) {
    ListParameters.Checked asked = parameters.checked(Set.of());
    return new Items<>(
        outbox.newest(asked.q(), asked.offset(), asked.limit()).stream()
            .map(SmtpResource::document)
            .toList(),
        outbox.count(asked.q()));
  }

  private static OutboxDocument document(OutboxEntry e) {
    return new OutboxDocument(
        e.id(),
        e.kind().name(),
        e.recipient(),
        e.state().name(),
        e.attempts(),
        e.created(),
        e.ended().isPresent() ? null : e.due(),
        e.ended().orElse(null),
        e.error().orElse(null));
  }
}
