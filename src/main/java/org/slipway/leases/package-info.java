/**
 * Networks: the subnets that devices live in, what replies tell about them, and (later) address
 * pools and leases.
 *
 * <p>Does not belong here: devices, and the layout of any option.
 */
package org.slipway.leases;
