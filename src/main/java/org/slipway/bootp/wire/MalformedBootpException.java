package org.slipway.bootp.wire;

import java.util.Optional;

/** A packet that is no BOOTP message. */
public final class MalformedBootpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final int offset;
  private final Leniency missing;

  MalformedBootpException(String field, int offset, String what) {
    this(field, offset, what, null);
  }

  MalformedBootpException(String field, int offset, String what, Leniency missing) {
    // Anyone can send these by the million: no stack trace, which would cost more than the packet.
    super(field + " at offset " + offset + ": " + what, null, false, false);
    this.field = field;
    this.offset = offset;
    this.missing = missing;
  }

  /** Name of the field as in RFC 951; {@code length} for the whole packet. */
  public String field() {
    return field;
  }

  /** Where in the packet the field begins. */
  public int offset() {
    return offset;
  }

  /** The leniency with which this field would have been accepted, if there is one. */
  public Optional<Leniency> missingLeniency() {
    return Optional.ofNullable(missing);
  }
}
