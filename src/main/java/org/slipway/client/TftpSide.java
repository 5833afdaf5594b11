package org.slipway.client;

import java.io.IOException;
import java.util.List;
import org.slipway.tftp.wire.TftpPacket;

/** Our side of one transfer: packets in, packets out; no socket and no clock. */
sealed interface TftpSide permits TftpRead, TftpWrite {

  /** What is sent first. */
  TftpPacket request();

  boolean finished();

  /** Grows with everything that brings the transfer on; not with what is only repeated. */
  long position();

  /**
   * @return what is sent in answer
   * @throws TftpFailedException if the transfer is over without the file
   * @throws IOException if the file cannot be read or written
   */
  List<TftpPacket> receive(TftpPacket packet) throws IOException, TftpFailedException;

  /** What is sent when the server was silent for too long. */
  List<TftpPacket> onSilence() throws IOException;

  /** What is sent in answer to a packet that comes when everything is over. */
  List<TftpPacket> afterwards(TftpPacket packet);
}
