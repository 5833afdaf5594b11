package org.slipway.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Predicate;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.OpenSession;
import org.slipway.accounts.Refusal;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;

/** One's own open sessions, of the console and of FTP. */
@Named
@RequestScoped
public class SessionsPanel {
  @Inject private AccountSessions sessions;
  @Inject private AuditTrail audit;
  @Inject private HttpServletRequest request;
  @Inject private Me me;

  public List<OpenSession> getSessions() {
    return sessions.opened(me.getAccount().id()).stream()
        .filter(s -> s.session().channel() != Channel.API && s.session().isCounted())
        .toList();
  }

  /** Whether it is the one in which this page is read. */
  public boolean isThis(OpenSession open) {
    return WebSession.of(request).filter(s -> s == open.session()).isPresent();
  }

  public void end(String id) {
    end(open -> open.id().equals(id));
  }

  public void endOthers() {
    end(open -> !isThis(open));
  }

  private void end(Predicate<OpenSession> which) {
    Refusal why = Refusal.of(Refusal.Kind.CLOSED, "The session was ended from another one");
    List<OpenSession> ending = getSessions().stream().filter(which).toList();
    ending.forEach(open -> open.session().end(why));
    if (!ending.isEmpty()) {
      audit.done(
          me.who(),
          AuditAction.SESSIONS_ENDED,
          me.getAccount().username(),
          AuditValues.of("sessions", ending.size()),
          null);
    }
    Feedback.done("sessions.ended", ending.size());
  }
}
