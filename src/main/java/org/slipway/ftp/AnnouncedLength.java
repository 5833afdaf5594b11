package org.slipway.ftp;

import java.util.Optional;

/**
 * What ALLO has said of an upload (RFC 959 section 4.1.3). It reserves room, so that more may be
 * announced than comes; those who send it today send the exact size.
 *
 * @param bytes empty if it was not sent
 * @param ofAddition whether they are those to come, as with APPE, and not those of the whole file
 */
record AnnouncedLength(Optional<Long> bytes, boolean ofAddition) {

  static AnnouncedLength ofFile(Optional<Long> bytes) {
    return new AnnouncedLength(bytes, false);
  }

  static AnnouncedLength ofAddition(Optional<Long> bytes) {
    return new AnnouncedLength(bytes, true);
  }

  /**
   * Whether an upload has exactly this length.
   *
   * @param whole bytes of the file, those included to which the others were added
   */
  boolean isMetBy(long came, long whole) {
    return bytes.isPresent() && bytes.get() == (ofAddition ? came : whole);
  }

  /** Whether a file is too short, whatever the client counts. */
  boolean isMoreThan(long whole) {
    return bytes.isPresent() && bytes.get() > whole;
  }
}
