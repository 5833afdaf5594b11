package org.slipway.ftp;

import org.slipway.ftp.wire.Reply;

/** What one data connection is for, with all that it holds open. */
interface DataJob extends AutoCloseable {

  /** Moves everything and says how it went. Called at most once, on a virtual thread. */
  Reply run(DataTransfer transfer, DataChannel data) throws Exception;

  /** Whether it sends so little that all of it fits into the buffers on its way. */
  default boolean isShortDownload() {
    return false;
  }

  /** Whether it may turn out to be over as soon as it has begun. */
  default boolean mayBeShortUpload() {
    return false;
  }

  /** Lets go of what it holds; an upload that was not published is gone. */
  @Override
  void close();
}
