package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Where everything that a device fetches is put. */
interface Destination {

  /** Makes the folder if it is not there. */
  static Destination at(Path folder) {
    return DestinationFolder.at(folder, PartialFile.LARGE_PIECE);
  }

  /** Opens a file that will become the named one when it is whole. */
  PartialFile create(RemoteName name) throws IOException;

  /** Where the named file lies once it is whole; null if it is not kept. */
  Path path(RemoteName name);

  /** Reads a file that is whole. */
  InputStream open(RemoteName name) throws IOException;

  void delete(RemoteName name) throws IOException;
}
