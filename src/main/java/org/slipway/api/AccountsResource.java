package org.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Action;
import org.slipway.accounts.Group;
import org.slipway.accounts.Groups;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Registrations;
import org.slipway.api.model.AccountDocument;
import org.slipway.api.model.EffectivePermissionsDocument;
import org.slipway.api.model.Items;
import org.slipway.api.model.UsageDocument;
import org.slipway.storage.FileAreas;

/** Accounts, for administrators. Approving a registration is a patch of its status. */
@Singleton
@Path("/accounts")
@Produces(MediaType.APPLICATION_JSON)
public class AccountsResource {
  private static final Listing<Account> LISTING =
      new Listing<>(
          a -> List.of(a.username(), a.displayName(), a.email().orElse("")),
          Map.of(
              "username", Comparator.comparing(Account::username),
              "displayName", Comparator.comparing(Account::displayName),
              "status", Comparator.comparing(Account::status),
              "createdAt", Comparator.comparing(Account::createdAt)),
          Comparator.comparing(Account::username));

  private final AccountDirectory directory;
  private final Accounts accounts;
  private final Registrations registrations;
  private final AccountDocuments documents;
  private final FileAreas areas;
  private final Groups groups;
  private final EffectivePermissions access;
  private final Clock clock;

  @Inject
  public AccountsResource(
      AccountDirectory directory,
      Accounts accounts,
      Registrations registrations,
      AccountDocuments documents,
      FileAreas areas,
      Groups groups,
      EffectivePermissions access,
      Clock clock) {
    this.directory = directory;
    this.accounts = accounts;
    this.registrations = registrations;
    this.documents = documents;
    this.areas = areas;
    this.groups = groups;
    this.access = access;
    this.clock = clock;
  }

  @GET
  @Needs(Action.MANAGE_ACCOUNTS)
  public Items<AccountDocument> list(
      @BeanParam ListParameters parameters, @QueryParam("status") String status) {
    Fields fields = new Fields();
    AccountStatus wanted = fields.choice("status", status, AccountStatus.class, null);
    fields.check();
    List<Account> all =
        directory.all().stream().filter(a -> wanted == null || a.status() == wanted).toList();
    return LISTING.page(parameters, all, documents::of);
  }

  @POST
  @Needs(Action.MANAGE_ACCOUNTS)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(
      JsonNode body, @Context SecurityContext security, @Context UriInfo address) {
    MergePatch given = MergePatch.of(body);
    AccountDocument wanted = read(body);
    Fields fields = new Fields();
    fields.needed("username", wanted.username());
    fields.needed("password", wanted.password());
    fields.check();
    Account fresh =
        AccountEdit.fresh(wanted.username(), wanted.password(), clock.instant())
            .quota(
                Optional.of(registrations.defaultQuotaBytes()),
                Optional.of(registrations.defaultQuotaFiles()))
            .status(AccountStatus.ACTIVE, Optional.empty())
            .template(template(wanted), clock.instant())
            .account();
    AccountDocument complete =
        given.appliedTo(documents.of(fresh), AccountDocument.class, Set.of());
    Account made = accounts.create(documents.edited(fresh, complete), Caller.of(security).who());
    return Response.created(address.getAbsolutePathBuilder().path(made.username()).build())
        .tag(Revision.tag(made.revision()))
        .entity(documents.of(made))
        .build();
  }

  /** What the first group of a new account fills in. */
  private Group.Template template(AccountDocument wanted) {
    return Fields.list(wanted.groups()).stream()
        .findFirst()
        .flatMap(groups::find)
        .map(Group::template)
        .orElse(Group.Template.EMPTY);
  }

  @GET
  @Path("{username}")
  @Needs(Action.MANAGE_ACCOUNTS)
  public Response get(@PathParam("username") String username, @Context Request request) {
    Account account = existing(username);
    Response.ResponseBuilder unchanged =
        request.evaluatePreconditions(Revision.tag(account.revision()));
    return unchanged != null
        ? unchanged.build()
        : Response.ok(documents.of(account)).tag(Revision.tag(account.revision())).build();
  }

  @PATCH
  @Path("{username}")
  @Needs(Action.MANAGE_ACCOUNTS)
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public Response change(
      @PathParam("username") String username,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      JsonNode body,
      @Context SecurityContext security) {
    MergePatch patch = MergePatch.of(body);
    Account current = existing(username);
    OptionalLong expected = Revision.expected(ifMatch, OptionalLong.of(current.revision()));
    AccountDocument wanted = patched(patch, current);
    if (wanted.password() != null) {
      AccountEdit.fresh(current.username(), wanted.password(), clock.instant());
    }
    Account changed =
        accounts.change(
            current.username(),
            expected,
            account -> documents.edited(account, patched(patch, account)),
            Caller.of(security).who());
    if (wanted.password() != null) {
      accounts.setPassword(changed.username(), wanted.password(), Caller.of(security).who());
      changed = existing(username);
    }
    return Response.ok(documents.of(changed)).tag(Revision.tag(changed.revision())).build();
  }

  @DELETE
  @Path("{username}")
  @Needs(Action.MANAGE_ACCOUNTS)
  public void delete(
      @PathParam("username") String username,
      @QueryParam("files") @DefaultValue("keep") String files,
      @Context SecurityContext security) {
    if (!files.equals("keep") && !files.equals("delete")) {
      throw new InvalidInputException("files", "choice", "Allowed: keep, delete");
    }
    Account account = existing(username);
    accounts.delete(account.username(), files.equals("delete"), Caller.of(security).who());
  }

  @POST
  @Path("{username}/reconcile")
  @Needs(Action.MANAGE_ACCOUNTS)
  public UsageDocument reconcile(@PathParam("username") String username) {
    QuotaLedger.Amount counted = areas.reconcile(existing(username).id());
    return new UsageDocument(counted.bytes(), counted.files());
  }

  /** What the account may do at a path by a way, and why. */
  @GET
  @Path("{username}/effective-permissions")
  @Needs(Action.MANAGE_ACCOUNTS)
  public EffectivePermissionsDocument effectivePermissions(
      @PathParam("username") String username,
      @QueryParam("path") @DefaultValue("/") String path,
      @QueryParam("channel") @DefaultValue("FTP") String channel,
      @QueryParam("address") String address) {
    return access.explain(existing(username), path, channel, address);
  }

  private AccountDocument patched(MergePatch patch, Account account) {
    return patch.appliedTo(
        documents.of(account), AccountDocument.class, AccountDocuments.READ_ONLY);
  }

  private Account existing(String username) {
    return directory
        .byUsername(username)
        .orElseThrow(() ->
            new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no account of this name"));
  }

  private static AccountDocument read(JsonNode body) {
    try {
      return ApiJson.MAPPER.treeToValue(body, AccountDocument.class);
    } catch (JsonProcessingException e) {
      throw new UnreadableJsonException(e);
    }
  }
}
