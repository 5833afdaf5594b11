package org.slipway.client;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One file that is to be moved by FTP.
 *
 * @param resume whether what lies at the destination is the beginning of it
 * @param modified set at the destination; null leaves it to the system
 */
record FtpJob(Direction direction, String remote, Path local, boolean resume, Instant modified) {
  /** Which way. */
  enum Direction {
    DOWN,
    UP
  }

  static FtpJob down(String remote, Path local) {
    return new FtpJob(Direction.DOWN, remote, local, false, null);
  }

  static FtpJob up(Path local, String remote) {
    return new FtpJob(Direction.UP, remote, local, false, null);
  }

  FtpJob resumed() {
    return new FtpJob(direction, remote, local, true, modified);
  }

  FtpJob dated(Instant time) {
    return new FtpJob(direction, remote, local, resume, time);
  }
}
