package org.slipway.settings;

/**
 * A setting has a value that it may not have; the message names it, the value and what is allowed.
 */
public final class BadSettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadSettingException(String message) {
    super(message);
  }
}
