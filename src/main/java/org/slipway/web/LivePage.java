package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.OpenSession;
import org.slipway.audit.Who;
import org.slipway.live.LiveConnections;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;

/**
 * What is open now, of everybody. The tables are drawn anew all the time, so that what is to be
 * ended is named by its id, never by its row.
 */
@Named
@ViewScoped
public class LivePage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient LiveConnections live;
  @Inject private transient Clock clock;
  @Inject private transient Me me;
  @Inject private transient HttpServletRequest request;
  private Rows<SessionRow> sessions;
  private Rows<TransferRow> transfers;
  private String chosen = "";

  /**
   * A session as a line of the table.
   *
   * @param own whether it is the one in which the page is read
   */
  public record SessionRow(
      String id,
      String protocol,
      String account,
      String address,
      Optional<String> client,
      Optional<String> tls,
      Instant since,
      Optional<Instant> lastUsed,
      Optional<String> folder,
      Optional<String> command,
      boolean own) {}

  /**
   * A transfer as a line of the table.
   *
   * @param who account, or else device; empty for a stranger
   * @param percent where it is known how many bytes it will be
   */
  public record TransferRow(
      String id,
      String protocol,
      String who,
      String address,
      String direction,
      String path,
      long bytes,
      Optional<Long> expected,
      Optional<Long> percent,
      long rate,
      Instant started) {}

  public Rows<SessionRow> getSessions() {
    if (sessions == null) {
      sessions =
          new Rows<>(
              this::allSessions,
              SessionRow::id,
              s ->
                  String.join(
                      " ", s.account, s.address, s.client.orElse(""), s.protocol, s.tls.orElse("")),
              Map.of(
                  "account",
                      Comparator.comparing(SessionRow::account).thenComparing(SessionRow::id),
                  "address",
                      Comparator.comparing(SessionRow::address).thenComparing(SessionRow::id),
                  "since",
                      Comparator.comparing(SessionRow::since)
                          .reversed()
                          .thenComparing(SessionRow::id),
                  "lastUsed",
                      Comparator.comparing((SessionRow s) -> s.lastUsed.orElse(s.since))
                          .thenComparing(SessionRow::id)),
              "since");
    }
    return sessions;
  }

  private Collection<SessionRow> allSessions() {
    Optional<WebSession> own = WebSession.of(request);
    return live.sessions().stream().map(s -> row(s, own)).toList();
  }

  private static SessionRow row(OpenSession opened, Optional<WebSession> own) {
    LiveSession session = opened.session();
    return new SessionRow(
        opened.id(),
        session.channel().name(),
        opened.account().username(),
        session.address(),
        session.client(),
        session.tls(),
        opened.since(),
        session.lastUsed(),
        session.currentFolder(),
        session.lastCommand(),
        own.filter(o -> o == session).isPresent());
  }

  public Rows<TransferRow> getTransfers() {
    if (transfers == null) {
      transfers =
          new Rows<>(
              this::allTransfers,
              TransferRow::id,
              t -> String.join(" ", t.who, t.address, t.path, t.protocol),
              Map.of(
                  "path", Comparator.comparing(TransferRow::path).thenComparing(TransferRow::id),
                  "who", Comparator.comparing(TransferRow::who).thenComparing(TransferRow::id),
                  "bytes", Comparator.comparing(TransferRow::bytes).thenComparing(TransferRow::id),
                  "rate", Comparator.comparing(TransferRow::rate).thenComparing(TransferRow::id),
                  "started",
                      Comparator.comparing(TransferRow::started)
                          .reversed()
                          .thenComparing(TransferRow::id)),
              "started");
    }
    return transfers;
  }

  private Collection<TransferRow> allTransfers() {
    Instant now = clock.instant();
    return live.transfers().stream().map(t -> row(t, now)).toList();
  }

  private static TransferRow row(ActiveTransfer transfer, Instant now) {
    TransferDescription d = transfer.description();
    long bytes = transfer.bytes();
    return new TransferRow(
        transfer.id().toString(),
        d.protocol(),
        d.account().or(d::device).orElse(""),
        d.peer(),
        d.direction().name(),
        d.path(),
        bytes,
        d.expectedBytes(),
        d.expectedBytes().filter(all -> all > 0).map(all -> Math.min(100, bytes * 100 / all)),
        transfer.bytesPerSecond(now),
        transfer.started());
  }

  /** Ends what was chosen; it may be over by itself meanwhile. */
  public void end() {
    me.require(Action.SEE_ALL_TRANSFERS);
    Who who = me.who();
    Optional<OpenSession> session = live.session(chosen);
    Optional<ActiveTransfer> transfer = live.transfer(chosen);
    session.ifPresent(s -> live.end(s, who));
    transfer.ifPresent(t -> live.end(t, who));
    String about =
        session
            .map(s -> s.account().username())
            .or(() -> transfer.map(t -> VisibleText.of(t.description().path())))
            .orElse("");
    Feedback.done(about.isEmpty() ? "live.gone" : "live.ended", about);
  }

  /** In both tables. */
  public String getQuery() {
    return getSessions().getQuery();
  }

  public void setQuery(String query) {
    getSessions().setQuery(query);
    getTransfers().setQuery(query);
  }

  public String getChosen() {
    return chosen;
  }

  public void setChosen(String chosen) {
    this.chosen = chosen == null ? "" : chosen;
  }
}
