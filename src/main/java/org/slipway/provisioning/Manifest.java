package org.slipway.provisioning;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One version of a manifest: the boot steps in order, and the files that a device then fetches by
 * FTP. Never changed after it was made.
 *
 * @param account whose home the files are in
 * @param listName path under which the rendered file list is served
 */
public record Manifest(
    String name,
    int version,
    String description,
    Optional<UUID> account,
    Advance advance,
    End end,
    Rearm rearm,
    String listName,
    List<Step> steps,
    List<ListedFile> files,
    Instant created,
    String createdBy,
    long revision) {

  /** What makes a run go on to the next step. */
  public enum Advance {
    /** The final acknowledgement of the offered file. */
    DELIVERY,
    /** Each request with a new xid takes the next file. */
    REQUEST
  }

  /** What a device hears after its last step. */
  public enum End {
    SILENCE,
    EMPTY_FILE
  }

  /** What ends a run beside an administrator. */
  public enum Rearm {
    SILENCE,
    MANUAL
  }

  /** One file offered by BOOTP and fetched by TFTP. */
  public record Step(String path) {}

  /**
   * One file of the list.
   *
   * @param path in the home of the manifest's account
   * @param sha256 lower-case hex; empty where the file did not exist when the version was made
   */
  public record ListedFile(String key, String path, Optional<String> sha256) {}

  /** Name of the second rendered file, in the format of sha256sum. */
  public String checksumsName() {
    return listName + ".sha256";
  }
}
