/**
 * Listeners: a bound socket and its loop. Binds them, runs them on the container's managed
 * executors, supervises them, and is the only package that makes threads.
 *
 * <p>Does not belong here: any protocol.
 */
package org.slipway.listeners;
