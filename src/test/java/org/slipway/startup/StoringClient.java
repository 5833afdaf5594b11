package org.slipway.startup;

import java.io.IOException;
import org.slipway.portal.RunningPortal;

/** One client of a portal that stores files; each deed tells the status that it was answered. */
interface StoringClient extends AutoCloseable {

  /** A protocol to store files by. */
  @FunctionalInterface
  interface Way {
    StoringClient open(RunningPortal portal, String username, String password) throws IOException;
  }

  /** The client has broken off its connection, as it was to. */
  final class AbortedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  int store(String path, byte[] content) throws IOException;

  /** Begins to store so many bytes and breaks off half-way. */
  int abort(String path, int size) throws IOException;

  int delete(String path) throws IOException;

  int rename(String from, String to) throws IOException;

  int makeFolder(String path) throws IOException;

  int deleteFolder(String path) throws IOException;

  @Override
  void close();
}
