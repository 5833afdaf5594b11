package org.slipway.bootp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slipway.bootp.wire.BootpCodec;

/**
 * Our name in the sname field (RFC 951 section 7.3): a request that names another server is none of
 * ours, one that names none is anybody's.
 *
 * @param offered what replies carry
 * @param ours lower-case names that mean this server
 */
public record ServerName(String offered, Set<String> ours) {
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  public ServerName {
    ours = Set.copyOf(ours);
  }

  /** From the configured name, or else the host name; either may be qualified by a domain. */
  public static ServerName of(Optional<String> configured, String hostName) {
    Set<String> ours = new HashSet<>();
    addWithShortForm(hostName, ours);
    configured.ifPresent(name -> addWithShortForm(name, ours));
    String name = configured.orElse(hostName);
    return new ServerName(fits(name) ? name : shortForm(name), ours);
  }

  boolean isMeantBy(String sname) {
    return sname.isEmpty() || ours.contains(sname.toLowerCase(Locale.ROOT));
  }

  /** The name of this machine, without asking a name server where that can be avoided. */
  public static String hostName() {
    try {
      if (Files.isReadable(LINUX_HOST_NAME)) {
        return Files.readString(LINUX_HOST_NAME).strip();
      }
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private static void addWithShortForm(String name, Set<String> into) {
    into.add(name.toLowerCase(Locale.ROOT));
    into.add(shortForm(name).toLowerCase(Locale.ROOT));
  }

  private static boolean fits(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length <= BootpCodec.SNAME_ROOM;
  }

  /** The first label, cut where even that is too long. */
  private static String shortForm(String name) {
    int dot = name.indexOf('.');
    String label = dot < 0 ? name : name.substring(0, dot);
    while (!fits(label)) {
      label = label.substring(0, label.length() - 1);
    }
    return label;
  }
}
