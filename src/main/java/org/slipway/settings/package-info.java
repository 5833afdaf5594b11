/**
 * Every setting with its value, its source and whether it may change while running.
 *
 * <p>Does not belong here: what a setting does, and any type of a feature. This package knows
 * nothing of the rest of the portal.
 */
package org.slipway.settings;
