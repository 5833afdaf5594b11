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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Action;
import org.slipway.accounts.Group;
import org.slipway.accounts.Groups;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Role;
import org.slipway.api.model.GroupDocument;
import org.slipway.api.model.Items;

/** Groups of accounts, for administrators. */
@Singleton
@Path("/groups")
@Produces(MediaType.APPLICATION_JSON)
public class GroupsResource {
  private static final Listing<Group> LISTING =
      new Listing<>(
          g -> List.of(g.name(), g.description()),
          Map.of("name", Comparator.comparing(Group::name)),
          Comparator.comparing(Group::name));

  private final Groups groups;
  private final AccountDirectory accounts;

  @Inject
  public GroupsResource(Groups groups, AccountDirectory accounts) {
    this.groups = groups;
    this.accounts = accounts;
  }

  @GET
  @Needs(Action.MANAGE_ACCOUNTS)
  public Items<GroupDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, groups.all(), this::document);
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
      GroupDocument wanted,
      @Context UriInfo address,
      @Context SecurityContext security) {
    Optional<Group> old = groups.find(name);
    Group now =
        groups.put(
            read(name, wanted),
            Revision.expected(ifMatch, old.stream().mapToLong(Group::revision).findFirst()),
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
    Group old = existing(name);
    groups.delete(
        name,
        Revision.expected(ifMatch, OptionalLong.of(old.revision())),
        Caller.of(security).who());
  }

  private Group existing(String name) {
    return groups
        .find(name)
        .orElseThrow(() ->
            new RefusedException(Refusal.Kind.NO_SUCH_THING, "There is no group of this name"));
  }

  private Response response(Response.ResponseBuilder response, Group group) {
    return response.tag(Revision.tag(group.revision())).entity(document(group)).build();
  }

  private GroupDocument document(Group g) {
    Group.Template t = g.template();
    return new GroupDocument(
        g.name(),
        g.description(),
        AccessDocuments.of(g.policy()),
        new GroupDocument.Template(
            t.quotaBytes().orElse(null),
            t.quotaFiles().orElse(null),
            t.maxSessions().orElse(null),
            t.onConflict().map(Enum::name).orElse(null),
            t.validDays().orElse(null),
            t.roles().map(r -> r.stream().sorted().map(Enum::name).toList()).orElse(null)),
        (int) accounts.all().stream().filter(a -> a.groups().contains(g.name())).count());
  }

  private static Group read(String name, GroupDocument wanted) {
    Fields fields = new Fields();
    if (wanted.name() != null && !wanted.name().equals(name)) {
      fields.bad("name", "name.differs", "The body names another group than the path");
    }
    var policy = AccessDocuments.read(fields, "access.", wanted.access());
    Group.Template template =
        wanted.template() == null ? Group.Template.EMPTY : template(fields, wanted.template());
    fields.check();
    return new Group(name, Fields.optional(wanted.description()).orElse(""), policy, template, 0);
  }

  private static Group.Template template(Fields fields, GroupDocument.Template t) {
    return new Group.Template(
        Optional.ofNullable(t.quotaBytes()),
        Optional.ofNullable(t.quotaFiles()),
        Optional.ofNullable(t.maxSessions()),
        Optional.ofNullable(
            fields.choice("template.onConflict", t.onConflict(), OnConflict.class, null)),
        Optional.ofNullable(t.validDays()),
        Optional.ofNullable(fields.choices("template.roles", t.roles(), Role.class, null)));
  }
}
