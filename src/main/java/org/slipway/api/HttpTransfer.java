package org.slipway.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountSessions;
import org.slipway.accounts.Channel;
import org.slipway.accounts.LiveSession;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.TrafficLedger;
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
  private volatile TrafficLedger.Meter traffic;
  private volatile Refusal ended;

  HttpTransfer(
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

  void countWith(TrafficLedger.Meter meter) {
    traffic = meter;
  }

  /**
   * Reads no more than the account may move, and counts it; waits where its bandwidth is limited.
   *
   * @return how many bytes it read; less than none at the end
   * @throws RefusedException if the transfer may not go on
   */
  int read(InputStream in, byte[] into) throws IOException {
    int granted = (int) traffic.grant(traffic.piece(into.length));
    if (granted == 0) {
      if (in.read(new byte[1]) > 0) {
        throw refused(traffic.over());
      }
      return -1;
    }
    int n = in.read(into, 0, granted);
    if (n > 0) {
      progressed(n);
      pay(n);
    }
    return n;
  }

  /**
   * How many of so many bytes may be moved next; waits where the bandwidth is limited.
   *
   * @throws RefusedException if the account may move nothing more
   */
  int granted(int wanted) {
    int granted = (int) traffic.grant(traffic.piece(wanted));
    if (granted == 0) {
      throw refused(traffic.over());
    }
    pay(granted);
    return granted;
  }

  private void pay(long bytes) {
    if (!traffic.pay(bytes)) {
      requireNotEnded();
      throw new RefusedException(Refusal.Kind.CLOSED, "The portal stops");
    }
  }

  /** What is written to it goes out as the account may move it, and is counted. */
  OutputStream counting(OutputStream out) {
    return new CountedOutput(out, this);
  }

  /**
   * Counts bytes.
   *
   * @throws RefusedException if the transfer may not go on
   */
  void progressed(long bytes) {
    transfer.progressed(bytes);
    try {
      traffic.moved(bytes);
    } catch (RefusedException e) {
      throw refused(e);
    }
    requireNotEnded();
  }

  private void requireNotEnded() {
    Refusal why = ended;
    if (why != null) {
      throw refused(why.asException());
    }
  }

  /** Ends it as refused; to be called before it is closed, which ends it as aborted. */
  RefusedException refused(RefusedException why) {
    transfer.end(TransferOutcome.REFUSED, why.refusal().kind().name());
    return why;
  }

  /** How many bytes it will be, where that is known. */
  Optional<Long> expectedBytes() {
    return transfer.description().expectedBytes();
  }

  /** Whether somebody has ended it from outside. */
  boolean isEnded() {
    return ended != null;
  }

  /** An upload whose body was whole: HTTP says where it ends. */
  void complete(String sha256) {
    transfer.lengthVerified(true);
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
    TrafficLedger.Meter meter = traffic;
    if (meter != null) {
      meter.endWaiting();
    }
  }

  /** Ends it as aborted unless it has ended otherwise. */
  @Override
  public void close() {
    sessions.closed(this);
    if (traffic != null) {
      traffic.close();
    }
    transfer.end(TransferOutcome.ABORTED, "the connection ended");
  }
}
