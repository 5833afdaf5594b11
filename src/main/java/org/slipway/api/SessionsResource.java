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
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Action;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.OpenSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.api.model.Items;
import org.slipway.api.model.SessionDocument;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.signin.Scope;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.Transfers;

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

  private final AccountDirectory accounts;
  private final AccountSessions sessions;
  private final Transfers transfers;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public SessionsResource(
      AccountDirectory accounts,
      AccountSessions sessions,
      Transfers transfers,
      AuditTrail audit,
      Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.transfers = transfers;
    this.audit = audit;
    this.clock = clock;
  }

  /** Something open, and how it is ended. */
  private record Live(SessionDocument document, Runnable disconnect) {}

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
    Live live = find(id, security);
    live.disconnect.run();
    audit.done(
        Caller.of(security).who(),
        AuditAction.DISCONNECTED,
        live.document.protocol() + " " + live.document.peer(),
        AuditValues.of(
            "kind", live.document.kind(),
            "account", live.document.account(),
            "device", live.document.device(),
            "path", live.document.path()),
        null);
  }

  private Live find(String id, SecurityContext security) {
    return visible(security)
        .filter(live -> live.document.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new RefusedException(Refusal.Kind.NO_SUCH_THING, "Nothing of this id is open"));
  }

  private Stream<Live> visible(SecurityContext security) {
    Account caller = Caller.of(security).account();
    boolean all = caller.hasRole(Action.SEE_ALL_TRANSFERS.least());
    return Stream.concat(
            accounts.all().stream()
                .flatMap(account ->
                    sessions.opened(account.id()).stream()
                        .filter(s -> s.session().isCounted())
                        .map(s -> session(account, s)))
                .filter(live -> !live.document.protocol().equals(Channel.API.name())),
            transfers.active().stream().map(this::transfer))
        .filter(live -> all || caller.username().equals(live.document.account()));
  }

  private static Live session(Account account, OpenSession opened) {
    LiveSession session = opened.session();
    return new Live(
        new SessionDocument(
            opened.id(),
            "SESSION",
            session.channel().name(),
            account.username(),
            null,
            session.address(),
            null,
            null,
            null,
            null,
            null,
            opened.since(),
            session.lastUsed().orElse(null),
            session.client().orElse(null)),
        () -> session.end(Refusal.of(Refusal.Kind.CLOSED, "The session was ended")));
  }

  private Live transfer(ActiveTransfer transfer) {
    TransferDescription d = transfer.description();
    long bytes = transfer.bytes();
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
            bytes,
            d.expectedBytes().orElse(null),
            rate(bytes, transfer.started()),
            transfer.started(),
            null,
            null),
        transfer::cancel);
  }

  private long rate(long bytes, Instant started) {
    long millis = Math.max(1, Duration.between(started, clock.instant()).toMillis());
    return bytes * 1000 / millis;
  }

  private static <C extends Comparable<C>> Comparator<Live> by(Function<SessionDocument, C> field) {
    return Comparator.comparing(
        live -> field.apply(live.document), Comparator.nullsLast(Comparator.naturalOrder()));
  }
}
