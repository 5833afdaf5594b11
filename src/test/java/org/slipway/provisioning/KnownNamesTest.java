package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.bootfiles.KnownRules;
import org.slipway.storage.VirtualPath;

/** The names that boot loaders and switches look for come out of well-known rules. */
class KnownNamesTest extends SequenceFixture {
  @BeforeEach
  void templates() {
    for (String name :
        new String[] {
          "pxelinux.cfg",
          "grub.cfg",
          "cisco-network",
          "cisco-host",
          "juniper-network.conf",
          "juniper-host.conf",
          "boot.ipxe"
        }) {
      store("templates/" + name, name + " for {{mac}}");
      portal.templates.mark(VirtualPath.parse("templates/" + name), true, Who.SYSTEM);
    }
  }

  private void gets(KnownRules set, String asked, String template) {
    portal.remapRules.add(set, Who.SYSTEM);
    assertThat(read(asked)).isEqualTo(template + " for " + MAC.text());
  }

  private boolean isThere(String asked) {
    try {
      open(asked).close();
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pxelinux.cfg/01-52-54-00-00-00-01",
        "bios/pxelinux.cfg/01-52-54-00-00-00-01",
        "pxelinux.cfg/0A00000B"
      })
  void theSearchOfPxelinux(String asked) {
    gets(KnownRules.PXELINUX, asked, "pxelinux.cfg");
  }

  @Test
  void theSearchOfPxelinuxStillEndsAtTheDefault() {
    portal.remapRules.add(KnownRules.PXELINUX, Who.SYSTEM);
    store("pxelinux.cfg/default", "default");
    for (String asked :
        new String[] {"b8945908-d6a6-41a9-611d-74a6ab80b83d", "0A00000", "0A", "0"}) {
      assertThat(isThere("pxelinux.cfg/" + asked)).as(asked).isFalse();
    }
    assertThat(read("pxelinux.cfg/default")).isEqualTo("default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grub.cfg-01-52-54-00-00-00-01",
        "boot/grub/grub.cfg-0A00000B",
        "grub/grub.cfg-01-52-54-00-00-00-01"
      })
  void theSearchOfGrub(String asked) {
    gets(KnownRules.GRUB, asked, "grub.cfg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"network-confg", "cisconet.cfg"})
  void theNetworkFileOfCiscoAutoInstall(String asked) {
    gets(KnownRules.CISCO, asked, "cisco-network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"router-confg", "ciscortr.cfg", "sw-01-confg", "SW-01-confg"})
  void theHostFileOfCiscoAutoInstall(String asked) {
    gets(KnownRules.CISCO, asked, "cisco-host");
  }

  @Test
  void theFilesOfJuniper() {
    gets(KnownRules.JUNIPER, "network.conf", "juniper-network.conf");
    gets(KnownRules.JUNIPER, "router.conf", "juniper-host.conf");
    gets(KnownRules.JUNIPER, "sw-01.conf", "juniper-host.conf");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "autoexec.ipxe",
        "MAC-525400000001.ipxe",
        "525400000001.ipxe",
        "ipxe/52-54-00-00-00-01.ipxe",
        "52:54:00:00:00:01.ipxe"
      })
  void theNamesOfIpxe(String asked) {
    gets(KnownRules.IPXE, asked, "boot.ipxe");
  }

  @Test
  void aFileUnderTheVeryNameStillWins() {
    portal.remapRules.add(KnownRules.GRUB, Who.SYSTEM);
    store("grub.cfg-01-52-54-00-00-00-01", "by hand");
    assertThat(read("grub.cfg-01-52-54-00-00-00-01")).isEqualTo("by hand");
  }

  /** Whose name it asks for does not matter: a device gets its own text. */
  @Test
  void theNameOfAnotherDeviceGivesOnesOwnText() {
    gets(KnownRules.PXELINUX, "pxelinux.cfg/01-52-54-00-00-00-99", "pxelinux.cfg");
  }

  @Test
  void aSetIsAddedOnceAndMayBeChanged() {
    assertThat(portal.remapRules.all()).isEmpty();
    assertThat(portal.remapRules.add(KnownRules.GRUB, Who.SYSTEM)).hasSize(2);
    assertThat(portal.remapRules.add(KnownRules.GRUB, Who.SYSTEM)).isEmpty();
    assertThat(portal.remapRules.all()).hasSize(2);
  }
}
