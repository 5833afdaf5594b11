package org.slipway.ftp.wire;

import java.io.Serial;

/** A line on the control connection is no command (RFC 959 section 5.3). */
public final class MalformedCommandException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final int offset;

  /** What is wrong with the line. */
  public enum Problem {
    /** It holds nothing. */
    EMPTY,
    /** It is longer than {@link CommandDecoder#MAX_LINE}. */
    TOO_LONG,
    /** Its first word is not made of letters. */
    BAD_VERB,
    /** Its argument is not in the character set of names, UTF-8 for most (RFC 2640 section 2.2). */
    BAD_BYTES
  }

  /**
   * @param offset of the first byte that is wrong
   */
  public MalformedCommandException(Problem problem, int offset) {
    super(problem + " at byte " + offset, null, false, false);
    this.problem = problem;
    this.offset = offset;
  }

  public Problem problem() {
    return problem;
  }

  public int offset() {
    return offset;
  }
}
