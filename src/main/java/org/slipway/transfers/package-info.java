/**
 * Transfers: one file moving in one direction, by any protocol; those that run now and the history,
 * which is searched, exported and kept as long as a setting says.
 *
 * <p>Does not belong here: how a file moves, and who may move it.
 */
package org.slipway.transfers;
