package org.slipway.api.model;

/**
 * A password that somebody may choose.
 *
 * @param username whose it will be; may be absent
 * @param email of the same; may be absent
 */
public record PasswordStrengthRequest(String password, String username, String email) {
  @Override
  public String toString() {
    return "PasswordStrengthRequest[" + username + "]";
  }
}
