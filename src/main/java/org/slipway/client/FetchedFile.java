package org.slipway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.file.Path;

/**
 * A file that was fetched whole.
 *
 * @param key of its line in the file list; null for a boot step
 * @param verified whether its checksum was published, and is right
 */
@JsonInclude(Include.NON_NULL)
record FetchedFile(
    String name,
    String key,
    Protocol protocol,
    @JsonSerialize(using = ToStringSerializer.class) Path path,
    long bytes,
    String sha256,
    boolean verified,
    double seconds) {

  /** What it came by. */
  enum Protocol {
    TFTP,
    FTP
  }

  FetchedFile asVerified() {
    return new FetchedFile(name, key, protocol, path, bytes, sha256, true, seconds);
  }

  /** Whole milliseconds: more would be noise. */
  static double secondsSince(long nanoTime) {
    return Math.round((System.nanoTime() - nanoTime) / 1e6) / 1e3;
  }
}
