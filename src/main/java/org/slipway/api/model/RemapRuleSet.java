package org.slipway.api.model;

/**
 * Well-known rules that are to be added.
 *
 * @param set {@code PXELINUX}, {@code GRUB}, {@code CISCO}, {@code JUNIPER} or {@code IPXE}
 */
public record RemapRuleSet(String set) {}
