package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.TrafficLedger;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.Transfers;

/** Begins transfers over HTTP. */
@Singleton
public final class HttpTransfers {
  private final AccountSessions sessions;
  private final Transfers transfers;
  private final TrafficLedger traffic;

  @Inject
  public HttpTransfers(AccountSessions sessions, Transfers transfers, TrafficLedger traffic) {
    this.sessions = sessions;
    this.transfers = transfers;
    this.traffic = traffic;
  }

  /**
   * @throws RefusedException if the account has too many sessions or has moved too much
   */
  HttpTransfer begin(
      Caller caller, Direction direction, String path, Optional<Long> expectedBytes) {
    HttpTransfer transfer =
        new HttpTransfer(sessions, transfers, caller, direction, path, expectedBytes);
    try {
      sessions.open(caller.account(), transfer);
      transfer.countWith(traffic.open(caller.account().id(), bandwidth(direction), expectedBytes));
      return transfer;
    } catch (RuntimeException e) {
      transfer.failed(TransferOutcome.REFUSED, reason(e));
      transfer.close();
      throw e;
    }
  }

  private static Bandwidth.Direction bandwidth(Direction direction) {
    return switch (direction) {
      case UP -> Bandwidth.Direction.UP;
      case DOWN -> Bandwidth.Direction.DOWN;
    };
  }

  /** Why a transfer has not begun; what is no refusal is a fault of ours. */
  static String reason(RuntimeException e) {
    return e instanceof RefusedException refused
        ? refused.refusal().kind().name()
        : "an error of the portal";
  }
}
