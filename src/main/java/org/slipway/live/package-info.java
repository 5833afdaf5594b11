/**
 * What is open now: the sessions of all accounts and the transfers of all protocols, for operators
 * who look at them and end them.
 *
 * <p>Does not belong here: the registers in which they stand ({@code accounts}, {@code transfers}),
 * and how each ends.
 */
package org.slipway.live;
