package org.slipway.ftp;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes on beside the control connection, so that ABOR, STAT, NOOP and QUIT are heard. It ends
 * in exactly one reply.
 */
sealed interface Ongoing permits DataTransfer, LongAnswer {

  /** Waits until its last reply was sent. */
  void await() throws InterruptedException;

  /**
   * Breaks it off, unless it is as good as done.
   *
   * @param why for the history
   */
  void abort(String why);

  /** The client leaves: breaks off what is of no use without it. */
  void quit();

  /** Called now and then. */
  void watch();

  /** Breaks it off if nothing has come of it for so long, whatever commands came meanwhile. */
  void endIfStalled(Duration patience);

  /** How far it is, for STAT; empty if there is nothing to tell. */
  Optional<String> progress();
}
