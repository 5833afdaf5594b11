package org.slipway.live;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.OpenSession;
import org.slipway.accounts.Refusal;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.Transfers;

/** The sessions that are open and the transfers that run, of everybody. */
@Singleton
public final class LiveConnections {
  private final AccountSessions sessions;
  private final Transfers transfers;
  private final AuditTrail audit;
  private final List<Runnable> onSecond = new CopyOnWriteArrayList<>();

  @Inject
  public LiveConnections(AccountSessions sessions, Transfers transfers, AuditTrail audit) {
    this.sessions = sessions;
    this.transfers = transfers;
    this.audit = audit;
  }

  /** Those that stay open; a request of the API is over with its answer. */
  public List<OpenSession> sessions() {
    return sessions.opened().stream()
        .filter(s -> s.session().isCounted() && s.session().channel() != Channel.API)
        .toList();
  }

  public Optional<OpenSession> session(String id) {
    return sessions().stream().filter(s -> s.id().equals(id)).findFirst();
  }

  public Collection<ActiveTransfer> transfers() {
    return transfers.active();
  }

  public Optional<ActiveTransfer> transfer(String id) {
    return transfers().stream().filter(t -> t.id().toString().equals(id)).findFirst();
  }

  /** Disconnects. It may take a moment until the peer notices. */
  public void end(OpenSession opened, Who who) {
    LiveSession session = opened.session();
    session.end(Refusal.of(Refusal.Kind.CLOSED, "The session was ended"));
    audit.done(
        who,
        AuditAction.DISCONNECTED,
        session.channel() + " " + session.address(),
        AuditValues.of("kind", "SESSION", "account", opened.account().username()),
        null);
  }

  /** Breaks a transfer off; the session in which it runs goes on. */
  public void end(ActiveTransfer transfer, Who who) {
    transfer.cancel();
    TransferDescription d = transfer.description();
    audit.done(
        who,
        AuditAction.DISCONNECTED,
        d.protocol() + " " + d.peer(),
        AuditValues.of(
            "kind", "TRANSFER", "account", d.account(), "device", d.device(), "path", d.path()),
        null);
  }

  /** Differs when sessions have come, gone or moved on. */
  public int stateOfSessions() {
    return sessions().stream()
        .mapToInt(s ->
            Objects.hash(
                s.id(),
                s.session().client(),
                s.session().currentFolder(),
                s.session().lastCommand()))
        .sum();
  }

  /** Calls back about once a second, when the rates are up to date. */
  public void onSecond(Runnable listener) {
    onSecond.add(listener);
  }

  /** Called about once a second. */
  public void everySecond() {
    transfers.sample();
    onSecond.forEach(Runnable::run);
  }
}
