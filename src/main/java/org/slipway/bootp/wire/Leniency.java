package org.slipway.bootp.wire;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Deviations from the RFCs that real devices show and that can be tolerated, each by its name. */
public enum Leniency {
  /**
   * RFC 1542 section 2.1 wants 300 octets; devices that do not pad send the 236 of the fixed fields
   * and their options only.
   */
  SHORT_BOOTP,

  /** sname or file fills its field without the NUL that RFC 951 section 3 wants. */
  UNTERMINATED_NAME,

  /** An option runs past the end of the vendor area, or the end tag is missing: no options. */
  DAMAGED_VENDOR_AREA;

  /** What a server that is not strict tolerates. */
  public static final Set<Leniency> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(Leniency.class));

  /** Everything but packets under 300 octets. */
  public static final Set<Leniency> FULL_LENGTH_ONLY =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(SHORT_BOOTP)));
}
