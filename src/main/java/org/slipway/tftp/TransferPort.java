package org.slipway.tftp;

import java.net.PortUnreachableException;
import java.nio.ByteBuffer;

/** The server's end of one transfer: its transfer identifier (RFC 1350 section 4) and its peer. */
interface TransferPort extends AutoCloseable {

  /** From now on its datagrams are those of this transfer. */
  void serve(TransferTable.Entry entry);

  /**
   * Sends a datagram. One that the system cannot send is lost like one that the network drops.
   *
   * @return false if there is no room now; {@link #awaitRoom} tells when there is
   * @throws PortUnreachableException if the peer's port is closed
   */
  boolean send(ByteBuffer datagram) throws PortUnreachableException;

  /**
   * How many equal datagrams one call of {@link #sendBatch} takes.
   *
   * @param length of each
   */
  int batch(int length);

  /** Sends several datagrams that lie one behind the other, all but the last of {@code length}. */
  boolean sendBatch(ByteBuffer datagrams, int length) throws PortUnreachableException;

  /** Calls the transfer when there is room to send. */
  void awaitRoom();

  @Override
  void close();
}
