package org.slipway.provisioning;

import java.io.IOException;

/** A transfer must not go on, though nothing failed. The message is fit for the peer. */
public final class BrokenOffException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenOffException(String reason) {
    super(reason);
  }
}
