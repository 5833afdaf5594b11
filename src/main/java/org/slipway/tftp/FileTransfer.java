package org.slipway.tftp;

import java.nio.ByteBuffer;

/** One file on its way: a state machine that the loop drives. Times are nanoTime values. */
interface FileTransfer {

  /** Sends the first packet. */
  void start(long now);

  /** A datagram of the peer has arrived. */
  void received(ByteBuffer datagram, long now);

  /** The peer's port is closed: the network said so. */
  void unreachable();

  /** There is room to send again. */
  void writable(long now);

  /** The peer asks again for the same while nothing was acknowledged: our answer was lost. */
  void requestedAgain(long now);

  /** Whether the peer has shown that it got our first packet. */
  boolean isAnswered();

  /** Whether the peer has said something new a short while ago. */
  boolean isMoving(long now);

  /** Something may be due: to be sent again, or to give up. */
  void tick(long now);

  /** When {@link #tick} has something to do. */
  long deadline();

  /** Ends it from our side: tells the peer, once and without waiting. */
  void stop(String reason);

  /** Ends it from our side without a word: the peer has begun something new. */
  void abandon(String reason);

  boolean isOver();

  /** Whether more datagrams of the peer are on their way before anything is sent. */
  default boolean expectsMore() {
    return false;
  }

  /** Whether all is done, and it only stays to answer what the peer may repeat. */
  default boolean isDallying() {
    return false;
  }
}
