/**
 * Signing in: the one way in for the console, the API and FTP. Checks credentials, few at a time
 * and right users first; counts failures per account and per address, and refuses whoever has too
 * many.
 *
 * <p>Does not belong here: what an account may do once it is in, and how a protocol words a
 * refusal.
 */
package org.slipway.signin;
