package org.slipway.tftp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slipway.tftp.wire.TftpPacket.Request;

/** The transfers of one loop, one for each peer address and port, and how many there may be. */
final class TransferTable {
  /** As many machines as may boot at once behind one address of a translating router. */
  static final int MOST_PER_ADDRESS = 512;

  static final int MOST = 4_096;

  private final Map<InetSocketAddress, Entry> byClient = new HashMap<>();
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();

  /**
   * @param request what was asked for
   * @param ended gives back what the transfer holds
   */
  record Entry(InetSocketAddress client, Request request, FileTransfer transfer, Runnable ended) {}

  /** Those that are done make room. */
  boolean hasRoomFor(InetAddress address) {
    return hasPlaceFor(address) || forgetDallying(address) && hasPlaceFor(address);
  }

  private boolean forgetDallying(InetAddress address) {
    boolean everybody = byClient.size() >= MOST;
    List<Entry> dallying =
        byClient.values().stream()
            .filter(e -> everybody || e.client().getAddress().equals(address))
            .filter(e -> e.transfer().isDallying())
            .toList();
    dallying.forEach(entry -> {
      entry.transfer().abandon("done");
      forgetIfOver(entry);
    });
    return !dallying.isEmpty();
  }

  private boolean hasPlaceFor(InetAddress address) {
    return byClient.size() < MOST && perAddress.getOrDefault(address, 0) < MOST_PER_ADDRESS;
  }

  Optional<Entry> find(InetSocketAddress client) {
    return Optional.ofNullable(byClient.get(client));
  }

  /** There must be none for this client. */
  void add(Entry entry) {
    byClient.put(entry.client(), entry);
    perAddress.merge(entry.client().getAddress(), 1, Integer::sum);
  }

  boolean isEmpty() {
    return byClient.isEmpty();
  }

  /** Forgets a transfer if it is over. */
  void forgetIfOver(Entry entry) {
    if (entry.transfer().isOver() && byClient.remove(entry.client(), entry)) {
      forgotten(entry);
    }
  }

  /**
   * Lets every transfer do what is due, and forgets those that are over.
   *
   * @return how long until one of the others has something to do, in nanoseconds
   */
  long tick(long now) {
    long earliest = Long.MAX_VALUE;
    for (Iterator<Entry> i = byClient.values().iterator(); i.hasNext(); ) {
      Entry entry = i.next();
      entry.transfer().tick(now);
      if (entry.transfer().isOver()) {
        i.remove();
        forgotten(entry);
      } else {
        earliest = Math.min(earliest, entry.transfer().deadline() - now);
      }
    }
    return earliest;
  }

  void stopAll(String reason) {
    stopIf(entry -> true, reason);
  }

  /** Stops the transfers that must not go on. */
  void stopIf(Predicate<Entry> condition, String reason) {
    for (Entry entry : List.copyOf(byClient.values())) {
      if (condition.test(entry)) {
        entry.transfer().stop(reason);
        forgetIfOver(entry);
      }
    }
  }

  private void forgotten(Entry entry) {
    perAddress.computeIfPresent(entry.client().getAddress(), (a, n) -> n == 1 ? null : n - 1);
    entry.ended().run();
  }
}
