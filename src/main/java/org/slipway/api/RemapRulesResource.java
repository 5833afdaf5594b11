package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.RemapRuleDocument;
import org.slipway.api.model.RemapRuleSet;
import org.slipway.bootfiles.KnownRules;
import org.slipway.bootfiles.RemapRule;
import org.slipway.bootfiles.RemapRules;

/** Remap rules: which file a client gets for the name that it asks for. */
@Singleton
@Path("/remap-rules")
@Produces(MediaType.APPLICATION_JSON)
public class RemapRulesResource {
  private static final Listing<RemapRule> LISTING =
      new Listing<>(
          r -> List.of(r.name(), r.pattern(), r.target(), r.network().orElse("")),
          Map.of(
              "position", Comparator.comparing(RemapRule::position),
              "name", Comparator.comparing(RemapRule::name)),
          Comparator.comparing(RemapRule::position));

  private final RemapRules rules;

  @Inject
  public RemapRulesResource(RemapRules rules) {
    this.rules = rules;
  }

  @GET
  @Needs(Action.MANAGE_BOOT_FILES)
  public Items<RemapRuleDocument> list(@BeanParam ListParameters parameters) {
    return LISTING.page(parameters, rules.all(), RemapRuleDocuments::of);
  }

  /** Adds well-known rules behind the others; answers those that were not there yet. */
  @POST
  @Needs(Action.MANAGE_BOOT_FILES)
  @Consumes(MediaType.APPLICATION_JSON)
  public Items<RemapRuleDocument> add(RemapRuleSet wanted, @Context SecurityContext security) {
    Fields fields = new Fields();
    KnownRules set = fields.choice("set", wanted.set(), KnownRules.class, null);
    fields.check();
    if (set == null) {
      throw new InvalidInputException("set", "needed", "A value is needed");
    }
    List<RemapRuleDocument> added =
        rules.add(set, Caller.of(security).who()).stream().map(RemapRuleDocuments::of).toList();
    return new Items<>(added, added.size());
  }

  @GET
  @Path("{name}")
  @Needs(Action.MANAGE_BOOT_FILES)
  public Response get(@PathParam("name") String name, @Context Request request) {
    RemapRule rule = existing(name);
    Response.ResponseBuilder unchanged =
        request.evaluatePreconditions(Revision.tag(rule.revision()));
    return unchanged != null ? unchanged.build() : response(Response.ok(), rule);
  }

  @PUT
  @Path("{name}")
  @Needs(Action.MANAGE_BOOT_FILES)
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      RemapRuleDocument wanted,
      @Context UriInfo address,
      @Context SecurityContext security) {
    Optional<RemapRule> old = rules.find(name);
    RemapRule now =
        rules.put(
            RemapRuleDocuments.read(name, wanted),
            wanted.position() == null ? OptionalInt.empty() : OptionalInt.of(wanted.position()),
            Revision.expected(ifMatch, old.stream().mapToLong(RemapRule::revision).findFirst()),
            Caller.of(security).who());
    return response(
        old.isPresent() ? Response.ok() : Response.created(address.getAbsolutePath()), now);
  }

  @DELETE
  @Path("{name}")
  @Needs(Action.MANAGE_BOOT_FILES)
  public void delete(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
      @Context SecurityContext security) {
    RemapRule old = existing(name);
    rules.delete(
        name,
        Revision.expected(ifMatch, OptionalLong.of(old.revision())),
        Caller.of(security).who());
  }

  private RemapRule existing(String name) {
    return rules
        .find(name)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.Kind.NO_SUCH_THING, "There is no remap rule of this name"));
  }

  private static Response response(Response.ResponseBuilder response, RemapRule rule) {
    return response.tag(Revision.tag(rule.revision())).entity(RemapRuleDocuments.of(rule)).build();
  }
}
