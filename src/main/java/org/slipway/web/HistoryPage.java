package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.TransferExport;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.TransferQuery;
import org.slipway.transfers.TransferRecord;

/** What was moved: everything for an operator, the own transfers for a user. */
@Named
@ViewScoped
public class HistoryPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient TransferLog log;
  @Inject private transient TransferExport export;
  @Inject private transient Me me;
  private PagedRows<TransferRecord> rows;
  private String text = "";
  private String account = "";
  private String device = "";
  private String protocol = "";
  private String direction = "";
  private String outcome = "";
  private String from = "";
  private String to = "";

  public PagedRows<TransferRecord> getRows() {
    if (rows == null) {
      rows =
          new PagedRows<>(
              () -> log.count(query()),
              (offset, limit) -> log.page(query(), offset, limit),
              t -> t.id().toString(),
              key -> Optional.empty());
    }
    return rows;
  }

  private TransferQuery query() {
    TransferQuery query =
        new TransferQuery(
            text,
            Entered.text(account),
            Entered.text(device),
            Optional.empty(),
            Entered.text(protocol),
            Entered.text(direction).map(Direction::valueOf),
            Entered.text(outcome).map(TransferOutcome::valueOf),
            EnteredTime.read(from),
            EnteredTime.read(to));
    return isOfAll() ? query : query.ofAccount(me.getAccount().username());
  }

  /** Whether the reader sees the transfers of others too. */
  public boolean isOfAll() {
    return me.may(Action.SEE_ALL_TRANSFERS);
  }

  public void exportCsv() throws IOException {
    me.require(Action.USE_OWN_HOME);
    TransferQuery query = query();
    Download.send(
        "transfers.csv", TransferExport.MEDIA_TYPE, out -> export.write(query, me.who(), out));
  }

  public boolean isFiltered() {
    return !text.isEmpty()
        || List.of(account, device, protocol, direction, outcome, from, to).stream()
            .anyMatch(filter -> filter != null && !filter.isEmpty());
  }

  public List<String> getProtocols() {
    return List.of("FTP", "TFTP", "HTTP");
  }

  public Direction[] getDirections() {
    return Direction.values();
  }

  public TransferOutcome[] getOutcomes() {
    return TransferOutcome.values();
  }

  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text == null ? "" : text;
  }

  public String getAccount() {
    return account;
  }

  public void setAccount(String account) {
    this.account = account == null ? "" : account;
  }

  public String getDevice() {
    return device;
  }

  public void setDevice(String device) {
    this.device = device == null ? "" : device;
  }

  public String getProtocol() {
    return protocol;
  }

  public void setProtocol(String protocol) {
    this.protocol = protocol == null ? "" : protocol;
  }

  public String getDirection() {
    return direction;
  }

  public void setDirection(String direction) {
    this.direction = direction == null ? "" : direction;
  }

  public String getOutcome() {
    return outcome;
  }

  public void setOutcome(String outcome) {
    this.outcome = outcome == null ? "" : outcome;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from == null ? "" : from;
  }

  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to == null ? "" : to;
  }
}
