/** Slipway: the web-managed boot-and-transfer portal. Holds nothing itself; see the packages. */
package org.slipway;
