/**
 * Signing in: the one way in for the console, the API and FTP. A password ({@link
 * org.slipway.signin.Login}), checked few at a time and right users first, a second factor ({@link
 * org.slipway.signin.SecondFactor}), or a token in place of both ({@link
 * org.slipway.signin.ApiTokens}). Counts failures per account and per address, and refuses whoever
 * has too many.
 *
 * <p>Does not belong here: what an account may do once it is in, and how a protocol words a
 * refusal.
 */
package org.slipway.signin;
