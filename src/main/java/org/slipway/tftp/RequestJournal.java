package org.slipway.tftp;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.accounts.Refusal;
import org.slipway.tftp.wire.ErrorCode;
import org.slipway.tftp.wire.MalformedTftpException;
import org.slipway.tftp.wire.TftpCodec;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.TransferOutcome;
import org.slipway.transfers.Transfers;

/**
 * What becomes known of requests that are not served. Anybody can send them, with any source
 * address, in any number: so many a second are written down, the rest is counted.
 */
@Singleton
public final class RequestJournal {
  private static final Logger LOG = Logger.getLogger(RequestJournal.class.getName());
  private static final int MOST_PER_SECOND = 50;
  private static final int LONGEST_REASON = 300;
  private static final long SECOND = 1_000_000_000L;

  private final Transfers transfers;
  private final LongAdder malformed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder ignored = new LongAdder();
  private long second;
  private int written;

  @Inject
  public RequestJournal(Transfers transfers) {
    this.transfers = transfers;
  }

  void malformed(InetAddress client, MalformedTftpException e) {
    malformed.increment();
    LOG.log(Level.FINE, () -> "Malformed TFTP packet from " + client + ": " + e.getMessage());
  }

  /** Nothing was answered: not a request, not from an allowed network, or there were too many. */
  void ignored(InetAddress client, String why) {
    ignored.increment();
    LOG.log(Level.FINE, () -> "TFTP packet from " + client + " left unanswered: " + why);
  }

  /** Answers a request by the error that its refusal comes to, where it comes to one. */
  void refuse(
      ListeningSocket socket,
      InetSocketAddress client,
      Direction direction,
      String path,
      Refusal refusal,
      RequestBudget budget,
      long now) {
    Optional<Failure> answer = RefusalCode.of(refusal.kind());
    if (answer.isPresent() && !budget.takeError(now)) {
      ignored(client.getAddress(), "too many errors");
    } else if (answer.isPresent()) {
      socket.refuse(TftpCodec.encode(answer.get()), client);
      refused(client.getAddress(), direction, path, answer.get(), why(refusal));
    } else {
      ignored(client.getAddress(), refusal.detail());
    }
  }

  /**
   * A request was answered by an error. That a file does not exist is marked as such, because boot
   * loaders search.
   */
  void refused(InetAddress client, Direction direction, String path, Failure answer, String why) {
    refused.increment();
    if (!mayWrite()) {
      return;
    }
    transfers
        .start(
            new TransferDescription(
                "TFTP",
                direction,
                Optional.empty(),
                Optional.empty(),
                client.getHostAddress(),
                path,
                Optional.empty()),
            () -> {})
        .end(
            TransferOutcome.REFUSED,
            answer.is(ErrorCode.FILE_NOT_FOUND) ? TransferLog.NO_SUCH_FILE : why);
  }

  /** A rule or a template that says no is told in its own words. */
  private static String why(Refusal refusal) {
    if (refusal.kind() != Refusal.Kind.NO_PERMISSION) {
      return refusal.kind().name();
    }
    String text = refusal.kind() + ": " + refusal.detail();
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }

  private synchronized boolean mayWrite() {
    long now = System.nanoTime() / SECOND;
    if (now != second) {
      second = now;
      written = 0;
    }
    return written++ < MOST_PER_SECOND;
  }

  LongAdder malformedPackets() {
    return malformed;
  }

  /** Packets that were no TFTP, since the start. */
  public long malformedCount() {
    return malformed.sum();
  }

  /** Requests that were answered by an error, since the start. */
  public long refusedCount() {
    return refused.sum();
  }

  /** Packets to the well-known port that were not answered, since the start. */
  public long ignoredCount() {
    return ignored.sum();
  }
}
