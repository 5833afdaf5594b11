/**
 * The portal's life inside its container: what happens when it cannot start.
 *
 * <p>What the portal does once it runs belongs to its features, and what binds ports to {@code
 * listeners}.
 */
package org.slipway.startup;
