/**
 * Transfers: one file moving in one direction, by any protocol; those that run now and the history.
 *
 * <p>Does not belong here: how a file moves, and who may move it.
 */
package org.slipway.transfers;
