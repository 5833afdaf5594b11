package org.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Action;
import org.slipway.accounts.Invitation;
import org.slipway.accounts.Invitations;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Registrations;
import org.slipway.accounts.Role;
import org.slipway.api.model.InvitationDocument;
import org.slipway.api.model.Items;
import org.slipway.mail.MailTexts;

/** Invitations, for administrators. The code of one is told once, when it is made. */
@Singleton
@Path("/invitations")
@Produces(MediaType.APPLICATION_JSON)
public class InvitationsResource {
  private static final Duration USUAL = Duration.ofDays(7);
  private static final Set<String> READ_ONLY =
      Set.of("id", "used", "createdAt", "createdBy", "code", "link", "mailed");
  private static final Listing<Invitation> LISTING =
      new Listing<>(
          i -> List.of(i.email().orElse(""), i.role().name()),
          Map.of(
              "createdAt", Comparator.comparing(Invitation::createdAt),
              "expiresAt", Comparator.comparing(Invitation::expiresAt)),
          Comparator.comparing(Invitation::createdAt).reversed());

  private final Invitations invitations;
  private final Registrations registrations;
  private final AccountDirectory directory;
  private final MailTexts texts;
  private final Clock clock;

  @Inject
  public InvitationsResource(
      Invitations invitations,
      Registrations registrations,
      AccountDirectory directory,
      MailTexts texts,
      Clock clock) {
    this.invitations = invitations;
    this.registrations = registrations;
    this.directory = directory;
    this.texts = texts;
    this.clock = clock;
  }

  @GET
  @Needs(Action.MANAGE_ACCOUNTS)
  public Items<InvitationDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, invitations.all(), i -> document(i, null, null, null));
  }

  @POST
  @Needs(Action.MANAGE_ACCOUNTS)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      JsonNode body, @Context SecurityContext security, @Context UriInfo address) {
    InvitationDocument usual =
        new InvitationDocument(
            null,
            Role.USER.name(),
            registrations.defaultQuotaBytes(),
            registrations.defaultQuotaFiles(),
            null,
            1,
            0,
            clock.instant().plus(USUAL),
            null,
            null,
            null,
            null,
            null);
    InvitationDocument wanted =
        MergePatch.of(body).appliedTo(usual, InvitationDocument.class, READ_ONLY);
    Fields fields = new Fields();
    Role role = fields.choice("role", wanted.role(), Role.class, Role.USER);
    if (wanted.uses() == null || wanted.expiresAt() == null) {
      fields.bad(wanted.uses() == null ? "uses" : "expiresAt", "needed", "A value is needed");
    }
    fields.check();
    Caller caller = Caller.of(security);
    Invitations.Made made =
        invitations.create(
            new Invitations.Draft(
                role,
                Optional.ofNullable(wanted.quotaBytes()),
                Optional.ofNullable(wanted.quotaFiles()),
                Fields.optional(wanted.email()),
                wanted.uses(),
                Duration.between(clock.instant(), wanted.expiresAt())),
            caller.account(),
            caller.who());
    String path = Invitations.PATH + made.code();
    return Response.created(
            address.getAbsolutePathBuilder().path(made.invitation().id().toString()).build())
        .entity(
            document(made.invitation(), made.code(), texts.link(path).orElse(path), made.mailed()))
        .build();
  }

  @DELETE
  @Path("{id}")
  @Needs(Action.MANAGE_ACCOUNTS)
  public void revoke(@PathParam("id") String id, @Context SecurityContext security) {
    invitations.revoke(parsed(id), Caller.of(security).who());
  }

  private static UUID parsed(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no such invitation");
    }
  }

  private InvitationDocument document(Invitation i, String code, String link, Boolean mailed) {
    return new InvitationDocument(
        i.id().toString(),
        i.role().name(),
        i.quotaBytes().orElse(null),
        i.quotaFiles().orElse(null),
        i.email().orElse(null),
        i.mostUses(),
        i.uses(),
        i.expiresAt(),
        i.createdAt(),
        directory.byId(i.createdBy()).map(Account::username).orElse(null),
        code,
        link,
        mailed);
  }
}
