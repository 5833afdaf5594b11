/**
 * Starts and stops the portal: puts the parts into motion in their order, and ends with one clear
 * sentence where that is not possible.
 *
 * <p>Does not belong here: anything that works after the start. Nothing uses this package but the
 * health check.
 */
package org.slipway.startup;
