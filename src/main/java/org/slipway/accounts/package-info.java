/**
 * Accounts: who may log in, what each may do ({@link org.slipway.accounts.Authorization}), how much
 * it may store ({@link org.slipway.accounts.QuotaLedger}) and move ({@link
 * org.slipway.accounts.TrafficLedger}), and which sessions it has open.
 *
 * <p>Does not belong here: files, devices, and any protocol's reply codes.
 */
package org.slipway.accounts;
