package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slipway.accounts.Account;
import org.slipway.accounts.Action;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.OpenSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.SessionDocument;
import org.slipway.audit.Who;
import org.slipway.live.LiveConnections;
import org.slipway.signin.Scope;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;

/** What is open now: all for an operator, a user's own for the user. */
@Singleton
@Path("/sessions")
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
  private static final Listing<Live> LISTING =
      new Listing<>(
          l ->
              Stream.of(
                      l.document.protocol(),
                      l.document.account(),
                      l.document.device(),
                      l.document.peer(),
                      l.document.path())
                  .filter(Objects::nonNull)
                  .toList(),
          Map.of(
              "protocol", by(SessionDocument::protocol),
              "account", by(SessionDocument::account),
              "device", by(SessionDocument::device),
              "peer", by(SessionDocument::peer),
              "bytes", by(SessionDocument::bytes),
              "started", by(SessionDocument::started)),
          by(SessionDocument::id));

  private final LiveConnections live;
  private final Clock clock;

  @Inject
  public SessionsResource(LiveConnections live, Clock clock) {
    this.live = live;
    this.clock = clock;
  }

  /** Something open, and how it is ended. */
  private record Live(SessionDocument document, Consumer<Who> end) {}

  @GET
  @NeedsLogin
  @ForTokens(Scope.MONITOR_READ)
  public Items<SessionDocument> list(
      @BeanParam ListParameters parameters, @Context SecurityContext security) {
    return LISTING.page(parameters, visible(security).toList(), Live::document);
  }

  @GET
  @Path("{id}")
  @NeedsLogin
  @ForTokens(Scope.MONITOR_READ)
  public SessionDocument get(@PathParam("id") String id, @Context SecurityContext security) {
    return find(id, security).document;
  }

  /** Disconnects. It may take a moment until the peer notices. */
  @DELETE
  @Path("{id}")
  @NeedsLogin
  @ForTokens(Scope.MONITOR_WRITE)
  public void end(@PathParam("id") String id, @Context SecurityContext security) {
    find(id, security).end.accept(Caller.of(security).who());
  }

  private Live find(String id, SecurityContext security) {
    return visible(security)
        .filter(found -> found.document.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new RefusedException(Refusal.Kind.NO_SUCH_THING, "Nothing of this id is open"));
  }

  private Stream<Live> visible(SecurityContext security) {
    Account caller = Caller.of(security).account();
    boolean all = caller.hasRole(Action.SEE_ALL_TRANSFERS.least());
    return Stream.concat(
            live.sessions().stream().map(this::session),
            live.transfers().stream().map(this::transfer))
        .filter(found -> all || caller.username().equals(found.document.account()));
  }

  private Live session(OpenSession opened) {
    LiveSession session = opened.session();
    return new Live(
        new SessionDocument(
            opened.id(),
            "SESSION",
            session.channel().name(),
            opened.account().username(),
            null,
            session.address(),
            null,
            session.currentFolder().orElse(null),
            null,
            null,
            null,
            opened.since(),
            session.lastUsed().orElse(null),
            session.client().orElse(null),
            session.tls().orElse(null),
            session.lastCommand().orElse(null)),
        who -> live.end(opened, who));
  }

  private Live transfer(ActiveTransfer transfer) {
    TransferDescription d = transfer.description();
    return new Live(
        new SessionDocument(
            transfer.id().toString(),
            "TRANSFER",
            d.protocol(),
            d.account().orElse(null),
            d.device().orElse(null),
            d.peer(),
            d.direction().name(),
            d.path(),
            transfer.bytes(),
            d.expectedBytes().orElse(null),
            transfer.bytesPerSecond(clock.instant()),
            transfer.started(),
            null,
            null,
            null,
            null),
        who -> live.end(transfer, who));
  }

  private static <C extends Comparable<C>> Comparator<Live> by(Function<SessionDocument, C> field) {
    return Comparator.comparing(
        live -> field.apply(live.document), Comparator.nullsLast(Comparator.naturalOrder()));
  }
}
