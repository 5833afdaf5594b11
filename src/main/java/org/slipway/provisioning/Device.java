package org.slipway.provisioning;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.slipway.leases.TftpRules;

/**
 * A machine known by its hardware address.
 *
 * @param address the one it is given
 * @param manifest name of the manifest that it walks
 * @param bootFile offered every time where it has no manifest (RFC 951)
 * @param variables for rendered files
 * @param options what it is told beside what its network says, and switches for its quirks
 * @param tftp what it may do by TFTP, where its network or the settings say otherwise
 */
public record Device(
    HardwareAddress hardwareAddress,
    String name,
    Optional<InetAddress> address,
    Optional<String> manifest,
    Optional<String> bootFile,
    boolean enabled,
    Map<String, String> variables,
    Map<String, String> options,
    TftpRules tftp,
    long revision) {

  /** One that nobody has entered, where such get an address too. */
  public static Device unknown(HardwareAddress hardwareAddress) {
    return new Device(
        hardwareAddress,
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Map.of(),
        Map.of(),
        TftpRules.NONE,
        0);
  }
}
