package org.slipway.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.Channel;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry;
import org.slipway.audit.AuditEntry.Outcome;
import org.slipway.audit.AuditExport;
import org.slipway.audit.AuditQuery;
import org.slipway.audit.AuditTrail;

/** Who did or was refused what: search, look closer, take away as a file. */
@Named
@ViewScoped
public class AuditPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Inject private transient AuditTrail trail;
  @Inject private transient AuditExport export;
  @Inject private transient Me me;
  private PagedRows<AuditEntry> rows;
  private String text = "";
  private String actor = "";
  private String channel = "";
  private String action = "";
  private String outcome = "";
  private String from = "";
  private String to = "";
  private long chosen;
  private transient AuditEntry entry;

  public PagedRows<AuditEntry> getRows() {
    if (rows == null) {
      rows =
          new PagedRows<>(
              () -> trail.count(query()),
              (offset, limit) -> trail.page(query(), offset, limit),
              entry -> Long.toString(entry.id()),
              key -> trail.find(Long.parseLong(key)));
    }
    return rows;
  }

  private AuditQuery query() {
    return new AuditQuery(
        text,
        Entered.text(actor),
        Optional.empty(),
        Entered.text(channel),
        Entered.text(action),
        Entered.text(outcome).map(Outcome::valueOf),
        EnteredTime.read(from),
        EnteredTime.read(to));
  }

  public void exportCsv() throws IOException {
    send(AuditExport.Format.CSV);
  }

  public void exportJson() throws IOException {
    send(AuditExport.Format.JSONL);
  }

  private void send(AuditExport.Format format) throws IOException {
    me.require(Action.READ_AUDIT);
    AuditQuery query = query();
    Download.send(
        "audit." + format.extension(),
        format.mediaType(),
        out -> export.write(query, format, me.who(), out));
  }

  /** In the reader's words; an entry of an older portal as it is. */
  public String action(AuditEntry entry) {
    return AuditAction.named(entry.action())
        .map(a -> Words.text(a.key()))
        .orElse(VisibleText.of(entry.action()));
  }

  /** What was tried on; of a flood, how much it was. */
  public String subject(AuditEntry entry) {
    if (!isFlood(entry)) {
      return VisibleText.of(entry.subject());
    }
    try {
      JsonNode counts = MAPPER.readTree(entry.after() == null ? "{}" : entry.after());
      return Words.text(
          "audit.flood", counts.path("entries").asLong(), counts.path("addresses").asLong());
    } catch (JsonProcessingException e) {
      return VisibleText.of(entry.after());
    }
  }

  public boolean isFlood(AuditEntry entry) {
    return AuditEntry.FLOOD.equals(entry.reason());
  }

  public boolean isFiltered() {
    return !query().equals(AuditQuery.ALL);
  }

  public void choose(long id) {
    me.require(Action.READ_AUDIT);
    chosen = id;
    entry = null;
  }

  /** The entry that is looked at; null while none is. */
  public AuditEntry getEntry() {
    if (entry == null && chosen != 0) {
      entry = trail.find(chosen).orElse(null);
    }
    return entry;
  }

  public List<FieldChange> changes(AuditEntry entry) {
    return isFlood(entry) ? List.of() : FieldChange.between(entry.before(), entry.after());
  }

  public List<AuditAction> getActions() {
    return List.of(AuditAction.values());
  }

  public Outcome[] getOutcomes() {
    return Outcome.values();
  }

  public List<String> getChannels() {
    return List.of(
        Channel.WEB.name(), Channel.API.name(), Channel.FTP.name(), "TFTP", "HTTP", "SYSTEM");
  }

  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text == null ? "" : text;
  }

  public String getActor() {
    return actor;
  }

  public void setActor(String actor) {
    this.actor = actor;
  }

  public String getChannel() {
    return channel;
  }

  public void setChannel(String channel) {
    this.channel = channel;
  }

  public String getAction() {
    return action;
  }

  public void setAction(String action) {
    this.action = action;
  }

  public String getOutcome() {
    return outcome;
  }

  public void setOutcome(String outcome) {
    this.outcome = outcome;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }

  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to;
  }
}
