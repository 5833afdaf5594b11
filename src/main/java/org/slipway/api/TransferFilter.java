package org.slipway.api;

import jakarta.ws.rs.QueryParam;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.TransferQuery;

/** Which transfers are asked for, beside the text {@code q}. */
public class TransferFilter {
  @QueryParam("account")
  private String account;

  @QueryParam("device")
  private String device;

  @QueryParam("path")
  private String path;

  @QueryParam("protocol")
  private String protocol;

  @QueryParam("direction")
  private String direction;

  @QueryParam("outcome")
  private String outcome;

  @QueryParam("from")
  private String from;

  @QueryParam("to")
  private String to;

  /**
   * @throws org.slipway.accounts.InvalidInputException for anything that is not allowed
   */
  TransferQuery query(String text) {
    FilterText filter = new FilterText();
    TransferQuery query =
        new TransferQuery(
            text,
            filter.text("account", account),
            filter.text("device", device),
            filter.text("path", path),
            filter.text("protocol", protocol),
            filter.choice("direction", Direction.class, direction),
            filter.choice("outcome", TransferOutcome.class, outcome),
            filter.time("from", from),
            filter.time("to", to));
    filter.check();
    return query;
  }
}
