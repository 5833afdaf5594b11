package org.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Serial;

/** A part of a body is JSON, but not what the field takes. */
final class UnreadableJsonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final JsonProcessingException reason;

  UnreadableJsonException(JsonProcessingException reason) {
    super(reason);
    this.reason = reason;
  }

  JsonProcessingException reason() {
    return reason;
  }
}
