package org.slipway.api.model;

/** An application for an account. */
public record RegistrationRequest(
    String username, String password, String email, String displayName) {
  @Override
  public String toString() {
    return "RegistrationRequest[" + username + "]";
  }
}
