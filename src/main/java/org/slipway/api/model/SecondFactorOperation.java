package org.slipway.api.model;

/**
 * What is to be done with the second factor.
 *
 * @param op {@code begin}, {@code confirm}, {@code recovery-codes} or {@code off}
 * @param code of the app; for {@code confirm} alone, the others are proven by the login itself
 */
public record SecondFactorOperation(String op, String code) {
  @Override
  public String toString() {
    return "SecondFactorOperation[" + op + "]";
  }
}
