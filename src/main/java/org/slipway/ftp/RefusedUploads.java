package org.slipway.ftp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slipway.storage.VirtualPath;

/**
 * The uploads of one session that the quota has refused while they came. Clients are known that
 * begin such an upload again and again; they are told at once, as long as there is no more room
 * than had come already. That is forgotten after a while: the file may have become smaller.
 */
final class RefusedUploads {
  private static final int MOST = 64;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Map<VirtualPath, Refused> byPath =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<VirtualPath, Refused> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param bytes of the file that had come, more than there was room for
   */
  private record Refused(long bytes, Instant at) {}

  RefusedUploads(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(VirtualPath path, long bytes) {
    byPath.remove(path);
    byPath.put(path, new Refused(bytes, clock.instant()));
  }

  /** At least so large is the file that the client would send again; 0 if nothing is known. */
  synchronized long leastSize(VirtualPath path) {
    Refused refused = byPath.get(path);
    if (refused == null || clock.instant().isAfter(refused.at.plus(REMEMBERED))) {
      byPath.remove(path);
      return 0;
    }
    return refused.bytes;
  }
}
