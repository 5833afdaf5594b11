/**
 * Networks: the subnets that devices live in, what replies tell about them, and their address
 * pools. Leases: who has which address, and until when ({@link org.slipway.leases.Leases}).
 *
 * <p>Does not belong here: devices, packets, and the layout of any option. Which addresses are kept
 * for devices is asked by {@link org.slipway.leases.Reservations}.
 */
package org.slipway.leases;
