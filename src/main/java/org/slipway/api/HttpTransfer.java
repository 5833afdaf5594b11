package org.slipway.api;

import java.util.Optional;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.Refusal;
import org.slipway.transfers.ActiveTransfer;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.Transfers;

/**
 * A file on its way over HTTP. Seen among the live transfers like one of any other protocol, and
 * ended like any session when its account loses the right to it.
 */
final class HttpTransfer implements LiveSession, AutoCloseable {
  private final AccountSessions sessions;
  private final Account account;
  private final Channel channel;
  private final String address;
  private final ActiveTransfer transfer;
  private volatile Refusal ended;

  private HttpTransfer(
      AccountSessions sessions,
      Transfers transfers,
      Caller caller,
      Direction direction,
      String path,
      Optional<Long> expectedBytes) {
    this.sessions = sessions;
    this.account = caller.account();
    this.channel = caller.channel();
    this.address = caller.address().getHostAddress();
    this.transfer =
        transfers.start(
            new TransferDescription(
                "HTTP",
                direction,
                Optional.of(account.username()),
                Optional.empty(),
                address,
                path,
                expectedBytes),
            () -> end(Refusal.of(Refusal.Kind.CLOSED, "An operator ended the transfer")));
  }

  /**
   * @throws org.slipway.accounts.RefusedException if the account has too many sessions
   */
  static HttpTransfer begin(
      AccountSessions sessions,
      Transfers transfers,
      Caller caller,
      Direction direction,
      String path,
      Optional<Long> expectedBytes) {
    HttpTransfer transfer =
        new HttpTransfer(sessions, transfers, caller, direction, path, expectedBytes);
    try {
      sessions.open(transfer.account, transfer);
    } catch (RuntimeException e) {
      transfer.transfer.end(TransferOutcome.REFUSED, "too many sessions");
      throw e;
    }
    return transfer;
  }

  /**
   * Counts bytes.
   *
   * @throws org.slipway.accounts.RefusedException if the transfer may not go on
   */
  void progressed(long bytes) {
    transfer.progressed(bytes);
    Refusal why = ended;
    if (why != null) {
      transfer.end(TransferOutcome.REFUSED, why.detail());
      throw why.asException();
    }
  }

  /** Whether somebody has ended it from outside. */
  boolean isEnded() {
    return ended != null;
  }

  void complete(String sha256) {
    transfer.complete(sha256);
  }

  void complete() {
    transfer.complete();
  }

  void failed(TransferOutcome outcome, String reason) {
    transfer.end(outcome, reason);
  }

  @Override
  public UUID accountId() {
    return account.id();
  }

  @Override
  public Channel channel() {
    return channel;
  }

  /** What a browser moves belongs to its session, which is counted itself. */
  @Override
  public boolean isCounted() {
    return channel != Channel.WEB;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void end(Refusal why) {
    ended = why;
  }

  /** Ends it as aborted unless it has ended otherwise. */
  @Override
  public void close() {
    sessions.closed(this);
    transfer.end(TransferOutcome.ABORTED, "the connection ended");
  }
}
