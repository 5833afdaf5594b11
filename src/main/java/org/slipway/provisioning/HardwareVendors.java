package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * Who made a network card, by the first three octets of its hardware address (OUI). The registry is
 * read from {@code oui.txt} in the data directory, as the IEEE publishes it, else from where
 * Debian's package ieee-data puts it; without either only virtual machines and small boards are
 * known, which their makers' documents name.
 */
@Singleton
public final class HardwareVendors {
  private static final Logger LOG = Logger.getLogger(HardwareVendors.class.getName());
  private static final Path OF_THE_SYSTEM = Path.of("/usr/share/ieee-data/oui.txt");
  private static final long LARGEST_REGISTRY = 32L << 20;
  private static final int LONGEST_NAME = 100;
  private static final Pattern LINE =
      Pattern.compile("([0-9A-F]{6})\\s+\\(base 16\\)\\s+(\\S.*?)\\s*");

  /** The second bit of the first octet: nobody has registered it (IEEE 802). */
  private static final int LOCALLY_ADMINISTERED = 0x02_0000;

  private static final Map<Integer, String> WELL_KNOWN =
      Map.ofEntries(
          Map.entry(0x525400, "QEMU virtual machine"),
          Map.entry(0x080027, "VirtualBox virtual machine"),
          Map.entry(0x000C29, "VMware virtual machine"),
          Map.entry(0x005056, "VMware virtual machine"),
          Map.entry(0x00155D, "Hyper-V virtual machine"),
          Map.entry(0x00163E, "Xen virtual machine"),
          Map.entry(0xB827EB, "Raspberry Pi"),
          Map.entry(0xDCA632, "Raspberry Pi"),
          Map.entry(0xE45F01, "Raspberry Pi"));

  private final List<Path> registries;
  private volatile Map<Integer, String> names;

  @Inject
  public HardwareVendors(Settings settings) {
    this(List.of(settings.get(PortalSettings.DATA_DIR).resolve("oui.txt"), OF_THE_SYSTEM));
  }

  HardwareVendors(List<Path> registries) {
    this.registries = List.copyOf(registries);
  }

  /** The vendor; empty if nobody is known to have registered the prefix. */
  public Optional<String> of(HardwareAddress address) {
    byte[] octets = address.octets();
    if (octets.length < 3) {
      return Optional.empty();
    }
    int oui = (octets[0] & 0xFF) << 16 | (octets[1] & 0xFF) << 8 | octets[2] & 0xFF;
    String known = WELL_KNOWN.get(oui);
    if (known != null) {
      return Optional.of(known);
    }
    return (oui & LOCALLY_ADMINISTERED) == 0
        ? Optional.ofNullable(names().get(oui))
        : Optional.empty();
  }

  /** Read when somebody first looks, and kept: some thirty thousand short texts. */
  private Map<Integer, String> names() {
    Map<Integer, String> known = names;
    if (known == null) {
      known =
          registries.stream()
              .filter(Files::isReadable)
              .findFirst()
              .map(this::read)
              .orElse(Map.of());
      names = known;
    }
    return known;
  }

  private Map<Integer, String> read(Path registry) {
    try {
      if (Files.size(registry) > LARGEST_REGISTRY) {
        throw new IOException("the file is too large");
      }
      Map<Integer, String> found = new HashMap<>();
      Map<String, String> shared = new HashMap<>();
      try (Stream<String> lines = Files.lines(registry, StandardCharsets.ISO_8859_1)) {
        lines
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .forEach(m ->
                found.put(
                    Integer.parseInt(m.group(1), 16),
                    shared.computeIfAbsent(shortened(m.group(2)), name -> name)));
      }
      return Map.copyOf(found);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "The registry of hardware vendors cannot be read: " + registry, e);
      return Map.of();
    }
  }

  private static String shortened(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }
}
