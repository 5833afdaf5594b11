package org.slipway.api.model;

/** A new password. */
public record NewPasswordRequest(String password) {
  @Override
  public String toString() {
    return "NewPasswordRequest[***]";
  }
}
