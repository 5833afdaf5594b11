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

  private Type type = Type.ASCII;
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
