package org.slipway.ftp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.ftp.wire.HostPort;
import org.slipway.ftp.wire.Reply;
import org.slipway.settings.FtpSettings;

/**
 * How data shall move: TYPE MODE STRU PASV EPSV PORT EPRT REST ABOR (RFC 959 section 4.1.2, RFC
 * 2428).
 */
final class ConnectionVerbs {
  private static final Logger LOG = Logger.getLogger(ConnectionVerbs.class.getName());
  private static final int FIRST_UNPRIVILEGED_PORT = 1024;
  private static final Reply NO_PORT =
      new Reply(
          425, "No port of slipway.ftp.passive-ports is free on the server; try again in a while.");
  private static final Reply PASV_IS_IPV4 = new Reply(425, "PASV is for IPv4; use EPSV.");
  private static final Reply EPSV_ONLY = new Reply(501, "EPSV ALL was sent; use EPSV.");
  private static final Reply PASSIVE_ONLY =
      new Reply(502, "Active mode is off here; use PASV or EPSV.");
  private static final Reply WRONG_FAMILY = new Reply(522, "Wrong address family; use ");

  private static final Pattern DEFLATE_LEVEL =
      Pattern.compile("Z LEVEL ([0-9])", Pattern.CASE_INSENSITIVE);

  private ConnectionVerbs() {}

  static Reply type(LoggedIn member, String argument) {
    switch (argument.strip().toUpperCase(Locale.ROOT)) {
      case "A", "A N", "A T" -> member.parameters().type(TransferParameters.Type.ASCII);
      case "I", "L 8" -> member.parameters().type(TransferParameters.Type.IMAGE);
      default -> {
        return new Reply(504, "Only types A, I and L 8 are known.");
      }
    }
    return new Reply(200, "Type is " + member.parameters().type() + ".");
  }

  static Reply mode(LoggedIn member, String argument) {
    switch (argument.strip().toUpperCase(Locale.ROOT)) {
      case "S" -> member.parameters().mode(TransferParameters.Mode.STREAM);
      case "Z" -> member.parameters().mode(TransferParameters.Mode.DEFLATE);
      default -> {
        return new Reply(504, "Only modes S and Z are known.");
      }
    }
    return new Reply(200, "Mode is " + member.parameters().mode() + ".");
  }

  /** OPTS MODE Z LEVEL: how hard it tries. */
  static Reply modeOptions(LoggedIn member, String options) {
    Matcher level = DEFLATE_LEVEL.matcher(options.strip());
    if (!level.matches()) {
      return new Reply(501, "The option of MODE is Z LEVEL and a digit.");
    }
    member.parameters().deflateLevel(Integer.parseInt(level.group(1)));
    return new Reply(200, "MODE Z LEVEL set to " + level.group(1) + ".");
  }

  static Reply stru(LoggedIn member, String argument) {
    return argument.strip().equalsIgnoreCase("F")
        ? new Reply(200, "Structure is file.")
        : new Reply(504, "Only structure F is known.");
  }

  static Reply pasv(LoggedIn member, String nothing) {
    if (member.usesExtendedPassiveOnly()) {
      return EPSV_ONLY;
    }
    return AnnouncedAddress.of(
            member.session().services().settings(),
            member.session().localAddress(),
            member.session().peer())
        .map(told ->
            listen(member)
                .map(port ->
                    new Reply(
                        227,
                        "Entering Passive Mode (" + HostPort.port(told.address(), port) + ")."))
                .orElse(NO_PORT))
        .orElse(PASV_IS_IPV4);
  }

  static Reply epsv(LoggedIn member, String argument) {
    boolean ipv4 = member.session().localAddress() instanceof Inet4Address;
    switch (argument.strip().toUpperCase(Locale.ROOT)) {
      case "ALL" -> {
        member.useExtendedPassiveOnly();
        return new Reply(200, "EPSV only from now on.");
      }
      case "" -> {}
      case "1" -> {
        if (!ipv4) {
          return family("(2)");
        }
      }
      case "2" -> {
        if (ipv4) {
          return family("(1)");
        }
      }
      default -> {
        return family(ipv4 ? "(1)" : "(2)");
      }
    }
    return listen(member)
        .map(port ->
            new Reply(
                229, "Entering Extended Passive Mode (" + HostPort.extendedPassive(port) + ")"))
        .orElse(NO_PORT);
  }

  static Reply port(LoggedIn member, String argument) {
    if (!isActiveOffered(member.session())) {
      return PASSIVE_ONLY;
    }
    Optional<InetSocketAddress> asked = HostPort.parsePort(argument.strip());
    if (member.usesExtendedPassiveOnly()) {
      return EPSV_ONLY;
    }
    return asked
        .map(address -> active(member, address))
        .orElseGet(() -> new Reply(501, "PORT takes six numbers: h1,h2,h3,h4,p1,p2."));
  }

  static Reply eprt(LoggedIn member, String argument) {
    if (!isActiveOffered(member.session())) {
      return PASSIVE_ONLY;
    }
    boolean ipv4 = member.session().localAddress() instanceof Inet4Address;
    Optional<InetSocketAddress> asked = HostPort.parseExtendedPort(argument.strip());
    if (member.usesExtendedPassiveOnly()) {
      return EPSV_ONLY;
    }
    if (HostPort.extendedProtocol(argument.strip())
        .filter(protocol -> !protocol.equals(ipv4 ? "1" : "2"))
        .isPresent()) {
      return family(ipv4 ? "(1)" : "(2)");
    }
    return asked
        .map(address -> active(member, address))
        .orElseGet(() -> new Reply(501, "EPRT takes |1|IPv4 address|port| or |2|IPv6|port|."));
  }

  static boolean isActiveOffered(FtpSession session) {
    return session.services().settings().get(FtpSettings.ACTIVE);
  }

  /**
   * Nobody may have data sent to a third machine, nor to a service that trusts this one (RFC 2577
   * sections 3 and 4). Who names no address (lftp over IPv6 sends {@code ::}) means its own.
   */
  private static Reply active(LoggedIn member, InetSocketAddress asked) {
    InetAddress to = asked.getAddress();
    if (!to.isAnyLocalAddress() && !to.equals(member.session().peer())) {
      return new Reply(504, "Data goes only to the address that the commands come from.");
    }
    if (asked.getPort() < FIRST_UNPRIVILEGED_PORT) {
      return new Reply(504, "Data goes to no port below " + FIRST_UNPRIVILEGED_PORT + ".");
    }
    member.connectTo(asked.getPort());
    return new Reply(200, "The next data connection goes to port " + asked.getPort() + ".");
  }

  private static Reply family(String usable) {
    return new Reply(WRONG_FAMILY.code(), WRONG_FAMILY.text() + usable);
  }

  private static Optional<Integer> listen(LoggedIn member) {
    try {
      return Optional.of(member.listen());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "No passive port could be opened", e);
      return Optional.empty();
    }
  }

  /** Offsets in text would count bytes that no file has, so only TYPE I restarts. */
  static Reply rest(LoggedIn member, String argument) {
    Optional<Long> offset = number(argument.strip());
    if (offset.isEmpty()) {
      return new Reply(501, "REST takes a number of bytes.");
    }
    if (offset.get() > 0 && member.parameters().type() == TransferParameters.Type.ASCII) {
      return new Reply(501, "REST needs TYPE I.");
    }
    member.parameters().restartAt(offset.get());
    return new Reply(350, "The next transfer begins at " + offset.get() + ".");
  }

  /** A number as clients write it; empty if it is none. */
  static Optional<Long> number(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** The transfer answers 426 by itself, then this answers 226 (RFC 959 section 4.1.3). */
  static Reply abor(LoggedIn member, String nothing) throws InterruptedException {
    if (member.transfer().isEmpty()) {
      return new Reply(226, "No transfer to abort.");
    }
    member.abortTransfer("aborted by the client");
    member.awaitTransfer();
    return new Reply(226, "Abort done.");
  }
}
