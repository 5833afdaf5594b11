package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.bootfiles.RemapRule;
import org.slipway.leases.TftpRules;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.storage.VirtualPath;

/** What lies in a private folder is for one device. */
class PrivateFoldersTest {
  private static final String OWN = "10.0.0.11";
  private static final String OTHER = "10.0.0.12";
  private static final String UNKNOWN = "10.0.0.99";

  @TempDir Path folder;
  private PortalParts portal;

  @BeforeEach
  void open() {
    portal =
        PortalParts.open(
            folder, new MovableClock(), Map.of("slipway.boot.private-folders", "devices, a/b"));
    device("52:54:00:00:00:01", OWN);
    device("52:54:00:00:00:02", OTHER);
    for (String path :
        new String[] {
          "devices/52-54-00-00-00-01/config",
          "devices/525400000001/config",
          "devices/52-54-00-00-00-01/deep/er/config",
          "devices/config",
          "devices/shared/config",
          "a/b/52-54-00-00-00-01/config",
          "a/config",
          "devices-old/config"
        }) {
      store(path);
    }
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void device(String mac, String address) {
    portal.devices.put(
        new Device(
            new HardwareAddress(mac),
            "",
            Optional.of(PortalParts.address(address)),
            Optional.empty(),
            Optional.empty(),
            true,
            Map.of(),
            Map.of(),
            TftpRules.NONE,
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  private void store(String path) {
    try (var upload =
        portal
            .areas
            .bootFiles()
            .upload(VirtualPath.parse(path), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.publish();
    }
  }

  private String get(String protocol, String address, String path) {
    try {
      portal.content.open(protocol, PortalParts.address(address), VirtualPath.parse(path)).close();
      return "given";
    } catch (RefusedException e) {
      return e.refusal().kind().name();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "devices/52-54-00-00-00-01/config, given, NO_PERMISSION, NO_PERMISSION",
    "devices/525400000001/config, given, NO_PERMISSION, NO_PERMISSION",
    "devices/52-54-00-00-00-01/deep/er/config, given, NO_PERMISSION, NO_PERMISSION",
    "a/b/52-54-00-00-00-01/config, given, NO_PERMISSION, NO_PERMISSION",
    "devices/config, NO_PERMISSION, NO_PERMISSION, NO_PERMISSION",
    "devices/shared/config, NO_PERMISSION, NO_PERMISSION, NO_PERMISSION",
    "devices/52-54-00-00-00-01/none, NO_SUCH_FILE, NO_PERMISSION, NO_PERMISSION",
    "devices/./x/../52-54-00-00-00-01/config, given, NO_PERMISSION, NO_PERMISSION",
    "a/config, given, given, given",
    "devices-old/config, given, given, given"
  })
  void eachDeviceReadsItsOwnOnly(String path, String own, String other, String unknown) {
    for (String protocol : new String[] {"TFTP", "HTTP"}) {
      assertThat(get(protocol, OWN, path)).isEqualTo(own);
      assertThat(get(protocol, OTHER, path)).isEqualTo(other);
      assertThat(get(protocol, UNKNOWN, path)).isEqualTo(unknown);
    }
  }

  /** TFTP finds names in another case, and some disks do not tell case apart. */
  @Test
  void anotherSpellingOpensNothing() {
    for (String protocol : new String[] {"TFTP", "HTTP"}) {
      for (String path :
          new String[] {"DEVICES/52-54-00-00-00-01/config", "Devices/Shared/Config"}) {
        assertThat(get(protocol, OTHER, path)).isEqualTo("NO_PERMISSION");
        assertThat(get(protocol, UNKNOWN, path)).isEqualTo("NO_PERMISSION");
      }
    }
    assertThat(get("TFTP", OWN, "DEVICES/52-54-00-00-00-01/config")).isEqualTo("given");
  }

  @Test
  void noRuleLeadsIntoTheFolderOfAnother() {
    portal.remapRules.put(
        new RemapRule(
            "hole",
            0,
            "x/(.*)",
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            RemapRule.Action.REWRITE,
            "devices/52-54-00-00-00-01/$1",
            false,
            false,
            true,
            0),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Who.SYSTEM);
    assertThat(get("TFTP", OWN, "x/config")).isEqualTo("given");
    assertThat(get("TFTP", OTHER, "x/config")).isEqualTo("NO_PERMISSION");
    assertThat(get("HTTP", UNKNOWN, "x/config")).isEqualTo("NO_PERMISSION");
  }
}
