package org.slipway.api.model;

/** A code that was mailed. */
public record CodeRequest(String code) {
  @Override
  public String toString() {
    return "CodeRequest[***]";
  }
}
