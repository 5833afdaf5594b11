package org.slipway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that came or went whole.
 *
 * @param path of the file on this machine; null if it has none
 * @param key of its line in the file list; null for a boot step
 * @param sha256 null if nobody wants to know it
 * @param verified whether its checksum was published, and is right
 */
@JsonInclude(Include.NON_NULL)
record MovedFile(
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

  /** For a person, or for a program. */
  static void print(List<MovedFile> files, boolean json, PrintWriter out) {
    if (json) {
      JsonOutput.print(files.size() == 1 ? files.getFirst() : files, out);
    } else {
      SummaryTable.lines(files).forEach(out::println);
      out.flush();
    }
  }

  MovedFile named(String other) {
    return new MovedFile(other, key, protocol, path, bytes, sha256, verified, seconds);
  }

  MovedFile withoutPath() {
    return new MovedFile(name, key, protocol, null, bytes, sha256, verified, seconds);
  }

  MovedFile asVerified() {
    return new MovedFile(name, key, protocol, path, bytes, sha256, true, seconds);
  }

  /** Whole milliseconds: more would be noise. */
  static double secondsSince(long nanoTime) {
    return Math.round((System.nanoTime() - nanoTime) / 1e6) / 1e3;
  }
}
