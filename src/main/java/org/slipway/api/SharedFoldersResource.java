package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Action;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.SharedFolder;
import org.slipway.accounts.SharedFolders;
import org.slipway.api.model.Items;
import org.slipway.api.model.SharedFolderDocument;

/** Folders of one account in the homes of others, for administrators. */
@Singleton
@Path("/shared-folders")
@Produces(MediaType.APPLICATION_JSON)
public class SharedFoldersResource {
  private static final Listing<SharedFolder> LISTING =
      new Listing<>(
          f -> List.of(f.name(), f.description(), f.path()),
          Map.of("name", Comparator.comparing(SharedFolder::name)),
          Comparator.comparing(SharedFolder::name));

  private final SharedFolders shared;
  private final AccountDirectory accounts;

  @Inject
  public SharedFoldersResource(SharedFolders shared, AccountDirectory accounts) {
    this.shared = shared;
    this.accounts = accounts;
  }

  @GET
  @Needs(Action.MANAGE_ACCOUNTS)
  public Items<SharedFolderDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, shared.all(), this::document);
  }

  @GET
  @Path("{name}")
  @Needs(Action.MANAGE_ACCOUNTS)
  public Response get(@PathParam("name") String name) {
    return response(Response.ok(), existing(name));
  }

  @PUT
  @Path("{name}")
  @Needs(Action.MANAGE_ACCOUNTS)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      SharedFolderDocument wanted,
      @Context UriInfo address,
      @Context SecurityContext security) {
    Optional<SharedFolder> old = shared.find(name);
    SharedFolder now =
        shared.put(
            read(name, wanted),
            Revision.expected(ifMatch, old.stream().mapToLong(SharedFolder::revision).findFirst()),
            Caller.of(security).who());
    return response(
        old.isPresent() ? Response.ok() : Response.created(address.getAbsolutePath()), now);
  }

  @DELETE
  @Path("{name}")
  @Needs(Action.MANAGE_ACCOUNTS)
  public void delete(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context SecurityContext security) {
    SharedFolder old = existing(name);
    shared.delete(
        name,
        Revision.expected(ifMatch, OptionalLong.of(old.revision())),
        Caller.of(security).who());
  }

  private SharedFolder existing(String name) {
    return shared
        .find(name)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.Kind.NO_SUCH_THING, "There is no shared folder of this name"));
  }

  private Response response(Response.ResponseBuilder response, SharedFolder folder) {
    return response.tag(Revision.tag(folder.revision())).entity(document(folder)).build();
  }

  /** A member whose account was deleted meanwhile is left out. */
  private SharedFolderDocument document(SharedFolder f) {
    return new SharedFolderDocument(
        f.name(),
        f.description(),
        username(f.owner()).orElse(null),
        f.path(),
        f.members().stream()
            .map(m ->
                new SharedFolderDocument.Member(
                    m.account().flatMap(this::username).orElse(null),
                    m.group().orElse(null),
                    m.permissions().stream().sorted().map(Enum::name).toList()))
            .filter(m -> m.account() != null || m.group() != null)
            .toList());
  }

  private Optional<String> username(UUID id) {
    return accounts.byId(id).map(Account::username);
  }

  private SharedFolder read(String name, SharedFolderDocument wanted) {
    Fields fields = new Fields();
    if (wanted.name() != null && !wanted.name().equals(name)) {
      fields.bad("name", "name.differs", "The body names another shared folder than the path");
    }
    Optional<UUID> owner = account(fields, "owner", fields.needed("owner", wanted.owner()));
    String path = fields.folder("path", wanted.path());
    List<SharedFolder.Member> members = members(fields, Fields.list(wanted.members()));
    fields.check();
    return new SharedFolder(
        name,
        Fields.optional(wanted.description()).orElse(""),
        owner.orElseThrow(),
        path,
        members,
        0);
  }

  private List<SharedFolder.Member> members(
      Fields fields, List<SharedFolderDocument.Member> given) {
    List<SharedFolder.Member> result = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      SharedFolderDocument.Member m = given.get(i);
      String at = "members[" + i + "]";
      if (m == null) {
        fields.bad(at, "needed", "A value is needed");
        continue;
      }
      result.add(
          new SharedFolder.Member(
              Fields.optional(m.account()).flatMap(a -> account(fields, at + ".account", a)),
              Fields.optional(m.group()),
              fields.choices(
                  at + ".permissions", Fields.list(m.permissions()), Permission.class, Set.of())));
    }
    return result;
  }

  private Optional<UUID> account(Fields fields, String field, String username) {
    Optional<UUID> id = accounts.byUsername(username).map(Account::id);
    if (id.isEmpty() && !username.isEmpty()) {
      fields.bad(field, "account.unknown", "There is no account of this name");
    }
    return id;
  }
}
