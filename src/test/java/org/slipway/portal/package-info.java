/**
 * The portal as its users have it: the built WAR in a process of its own, a browser before it, and
 * the tools that tests bring along.
 *
 * <p>What a test expects of the portal belongs to the test.
 */
package org.slipway.portal;
