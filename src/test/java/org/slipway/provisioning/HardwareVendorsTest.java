package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareVendorsTest {
  @TempDir private Path folder;

  @Test
  void theRegistryOfTheIeeeIsReadFromAFile() throws IOException {
    HardwareVendors vendors =
        with(
            """
            OUI/MA-L                                                    Organization
            company_id                                                  Organization
            00-11-22   (hex)\t\tExample Networks Inc.
            001122     (base 16)\t\tExample Networks Inc.
            \t\t\t\t1 Example Street
            A4BADB     (base 16)\t\tAnother   Maker
            """);
    assertThat(of(vendors, "00:11:22:33:44:55")).contains("Example Networks Inc.");
    assertThat(of(vendors, "a4:ba:db:00:00:01")).contains("Another   Maker");
    assertThat(of(vendors, "00:11:23:33:44:55")).isEmpty();
  }

  @Test
  void virtualMachinesAndSmallBoardsAreKnownWithoutAFile() {
    HardwareVendors vendors = new HardwareVendors(List.of(folder.resolve("missing")));
    assertThat(of(vendors, "52:54:00:12:34:56")).contains("QEMU virtual machine");
    assertThat(of(vendors, "b8:27:eb:12:34:56")).contains("Raspberry Pi");
    assertThat(of(vendors, "00:11:22:33:44:55")).isEmpty();
  }

  @Test
  void anAddressThatSomebodyMadeUpHasNoVendor() throws IOException {
    HardwareVendors vendors = with("021122     (base 16)\t\tNobody\n");
    assertThat(of(vendors, "02:11:22:33:44:55")).isEmpty();
  }

  @Test
  void aFileOfOtherContentNamesNobody() throws IOException {
    HardwareVendors vendors =
        with("\u0000\u0001 001122 (base 16)\n001122 (base 16)   \nGGGGGG (base 16) x\n");
    assertThat(of(vendors, "00:11:22:33:44:55")).isEmpty();
  }

  private HardwareVendors with(String registry) throws IOException {
    return new HardwareVendors(List.of(Files.writeString(folder.resolve("oui.txt"), registry)));
  }

  private static Optional<String> of(HardwareVendors vendors, String mac) {
    return vendors.of(HardwareAddress.parse(mac).orElseThrow());
  }
}
