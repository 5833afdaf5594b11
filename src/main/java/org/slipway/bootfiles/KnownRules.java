package org.slipway.bootfiles;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Names that well-known boot loaders and switches look for, each led to one template that is
 * rendered for whoever asks. A file under the very name always wins, so that nothing that works
 * today changes. They are added on request and are ordinary rules then.
 */
public enum KnownRules {
  /** The search of PXELINUX: the ARP type and the MAC, then the address in hexadecimal. */
  PXELINUX(
      rule(
          "pxelinux-mac",
          "(?i)(?:.*/)?pxelinux\\.cfg/[0-9a-f]{2}(?:-[0-9a-f]{2}){6}",
          "templates/pxelinux.cfg"),
      rule("pxelinux-address", "(?i)(?:.*/)?pxelinux\\.cfg/[0-9a-f]{8}", "templates/pxelinux.cfg")),
  /** {@code grub.cfg-01-aa-bb-cc-dd-ee-ff}, then {@code grub.cfg-0A00000B}. */
  GRUB(
      rule(
          "grub-mac",
          "(?i)(?:.*/)?grub\\.cfg-[0-9a-f]{2}(?:-[0-9a-f]{2}){6}",
          "templates/grub.cfg"),
      rule("grub-address", "(?i)(?:.*/)?grub\\.cfg-[0-9a-f]{8}", "templates/grub.cfg")),
  /** AutoInstall of IOS: the network file, then the host file. */
  CISCO(
      rule("cisco-network", "(?i)network-confg|cisconet\\.cfg", "templates/cisco-network"),
      rule(
          "cisco-host",
          "(?i)router-confg|ciscortr\\.cfg|[a-z0-9_.-]{1,63}-confg",
          "templates/cisco-host")),
  /** Autoinstallation of Junos. */
  JUNIPER(
      rule("juniper-network", "(?i)network\\.conf", "templates/juniper-network.conf"),
      rule(
          "juniper-host",
          "(?i)(?:router|juniper|hostname)\\.conf|[a-z0-9_-]{1,63}\\.conf",
          "templates/juniper-host.conf")),
  /** {@code autoexec.ipxe}, and names made of the MAC. */
  IPXE(
      rule("ipxe-autoexec", "(?i)(?:.*/)?autoexec\\.ipxe", "templates/boot.ipxe"),
      rule(
          "ipxe-mac",
          "(?i)(?:.*/)?(?:mac-)?(?:[0-9a-f]{12}|[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5})\\.ipxe",
          "templates/boot.ipxe"));

  private final List<RemapRule> rules;

  KnownRules(RemapRule... rules) {
    this.rules = List.of(rules);
  }

  List<RemapRule> rules() {
    return rules;
  }

  private static RemapRule rule(String name, String pattern, String target) {
    return new RemapRule(
        name,
        0,
        pattern,
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        RemapRule.Action.REWRITE,
        target,
        false,
        true,
        true,
        0);
  }
}
