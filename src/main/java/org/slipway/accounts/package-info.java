/**
 * Accounts: which there are, what each may do ({@link org.slipway.accounts.Authorization}), how
 * much it may store ({@link org.slipway.accounts.QuotaLedger}), how much and how fast it may move
 * ({@link org.slipway.accounts.TrafficLedger}), and which sessions it has open.
 *
 * <p>Also how one comes to an account without an administrator's help: registration, invitations
 * and forgotten passwords.
 *
 * <p>Does not belong here: files, devices, and any protocol's reply codes.
 */
package org.slipway.accounts;
