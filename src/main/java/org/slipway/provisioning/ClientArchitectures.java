package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What kind of machine a device is (option 93, RFC 4578 section 2.1): what was entered as its
 * variable {@code arch}, else what it said last.
 */
@Singleton
public final class ClientArchitectures {
  private static final int MOST_SEEN = 100_000;
  private static final int LARGEST = 65_535;

  private final Map<HardwareAddress, Integer> seen = new ConcurrentHashMap<>();

  @Inject
  public ClientArchitectures() {
    // nothing is known yet
  }

  /** A device said what it is. */
  public void seen(HardwareAddress mac, int architecture) {
    if (seen.size() < MOST_SEEN || seen.containsKey(mac)) {
      seen.put(mac, architecture);
    }
  }

  OptionalInt of(Device device) {
    return Optional.ofNullable(device.variables().get("arch"))
        .map(ClientArchitectures::number)
        .or(() -> Optional.ofNullable(seen.get(device.hardwareAddress())))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  /** Null for a text that is no such number, in decimal or after {@code 0x}. */
  private static Integer number(String text) {
    String stripped = text.strip();
    boolean hexadecimal = stripped.matches("0[xX][0-9A-Fa-f]{1,4}");
    if (!hexadecimal && !stripped.matches("[0-9]{1,5}")) {
      return null;
    }
    int number =
        hexadecimal ? Integer.parseInt(stripped.substring(2), 16) : Integer.parseInt(stripped);
    return number <= LARGEST ? number : null;
  }
}
