package org.slipway.accounts;

import java.io.Serial;
import java.util.List;

/** An input has fields that cannot be accepted; nothing was changed. */
public final class InvalidInputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  public InvalidInputException(List<Violation> violations) {
    super(violations.toString(), null, false, false);
    this.violations = List.copyOf(violations);
  }

  public InvalidInputException(String field, String code, String message) {
    this(List.of(new Violation(field, code, message)));
  }

  public List<Violation> violations() {
    return violations;
  }
}
