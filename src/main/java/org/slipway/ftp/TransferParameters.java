package org.slipway.ftp;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slipway.ftp.wire.MachineListing.Fact;

/** How the next transfers shall be (RFC 959 section 5.3.2 calls them the transfer parameters). */
final class TransferParameters {
  /** Representation types (RFC 959 section 3.1.1). */
  enum Type {
    ASCII,
    IMAGE
  }

  /** Transmission modes (RFC 959 section 3.4, draft-preston-ftpext-deflate). */
  enum Mode {
    STREAM,
    DEFLATE
  }

  /** That of zlib itself. */
  private static final int USUAL_LEVEL = 6;

  private Type type = Type.ASCII;
  private Mode mode = Mode.STREAM;
  private int deflateLevel = USUAL_LEVEL;
  private long restartAt;
  private Long announced;
  private HashAlgorithm hash = HashAlgorithm.SHA256;
  private Set<Fact> facts = EnumSet.allOf(Fact.class);

  Type type() {
    return type;
  }

  void type(Type next) {
    type = next;
  }

  Mode mode() {
    return mode;
  }

  void mode(Mode next) {
    mode = next;
  }

  /** How hard MODE Z tries, from 0 to 9. */
  void deflateLevel(int level) {
    deflateLevel = level;
  }

  /** A data connection as the mode has it. */
  DataChannel inMode(DataChannel open) {
    return switch (mode) {
      case STREAM -> open;
      case DEFLATE -> new DeflateDataChannel(open, deflateLevel);
    };
  }

  void restartAt(long offset) {
    restartAt = offset;
  }

  /** Where the next transfer begins; asked once, because REST counts for one transfer. */
  long takeRestart() {
    long offset = restartAt;
    restartAt = 0;
    return offset;
  }

  void announced(long bytes) {
    announced = bytes;
  }

  /** What ALLO announced for the next upload. */
  Optional<Long> takeAnnounced() {
    Optional<Long> bytes = Optional.ofNullable(announced);
    announced = null;
    return bytes;
  }

  HashAlgorithm hash() {
    return hash;
  }

  void hash(HashAlgorithm chosen) {
    hash = chosen;
  }

  Set<Fact> facts() {
    return facts;
  }

  void facts(Set<Fact> chosen) {
    facts = chosen;
  }
}
