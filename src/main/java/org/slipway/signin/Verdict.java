package org.slipway.signin;

/** Whether a password is the account's. */
enum Verdict {
  /** It was hashed and compared. */
  RIGHT,
  /** It was right lately, and nothing has changed since. */
  RIGHT_AGAIN,
  /** Or there is no such account. */
  WRONG
}
