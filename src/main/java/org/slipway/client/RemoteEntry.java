package org.slipway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Calendar;
import java.util.Optional;
import org.apache.commons.net.ftp.FTPFile;

/**
 * A file or folder of a server.
 *
 * @param size in bytes; of a folder 0
 * @param modified null if the server does not say
 */
@JsonInclude(Include.NON_NULL)
record RemoteEntry(String name, boolean folder, long size, String modified) {

  static RemoteEntry of(FTPFile file) {
    Calendar time = file.getTimestamp();
    return new RemoteEntry(
        file.getName(),
        file.isDirectory(),
        file.isDirectory() ? 0 : Math.max(0, file.getSize()),
        time == null ? null : time.toInstant().toString());
  }

  Optional<Instant> time() {
    return Optional.ofNullable(modified).map(Instant::parse);
  }
}
