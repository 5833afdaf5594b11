package org.slipway.ftp.wire;

import java.time.Instant;

/**
 * What a listing shows of one file or folder.
 *
 * @param size in bytes; of no meaning for a folder
 */
public record ListingEntry(String name, boolean folder, long size, Instant modified) {

  /** A name with a control character would break the listing into false lines. */
  public boolean isShowable() {
    return name.codePoints().noneMatch(Character::isISOControl);
  }
}
