package org.slipway.api.model;

/**
 * An application for an account.
 *
 * @param invitation the code of one; null without
 */
public record RegistrationRequest(
    String username, String password, String email, String displayName, String invitation) {
  @Override
  public String toString() {
    return "RegistrationRequest[" + username + "]";
  }
}
