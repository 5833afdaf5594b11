/**
 * Who did or was refused what, when, from where, by which channel: append-only.
 *
 * <p>Does not belong here: deciding anything, and what a transfer moved (that is the transfer
 * history).
 */
package org.slipway.audit;
