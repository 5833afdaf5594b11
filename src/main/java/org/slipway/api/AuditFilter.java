package org.slipway.api;

import jakarta.ws.rs.QueryParam;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.audit.AuditQuery;

/** Which lines of the audit trail are asked for, beside the text {@code q}. */
public class AuditFilter {
  @QueryParam("actor")
  private String actor;

  @QueryParam("address")
  private String address;

  @QueryParam("channel")
  private String channel;

  @QueryParam("action")
  private String action;

  @QueryParam("outcome")
  private String outcome;

  @QueryParam("from")
  private String from;

  @QueryParam("to")
  private String to;

  /**
   * @throws org.slipway.accounts.InvalidInputException for anything that is not allowed
   */
  AuditQuery query(String text) {
    FilterText filter = new FilterText();
    AuditQuery query =
        new AuditQuery(
            text,
            filter.text("actor", actor),
            filter.text("address", address),
            filter.text("channel", channel),
            filter.choice("action", AuditAction.class, action).map(AuditAction::name),
            filter.choice("outcome", Outcome.class, outcome),
            filter.time("from", from),
            filter.time("to", to));
    filter.check();
    return query;
  }
}
