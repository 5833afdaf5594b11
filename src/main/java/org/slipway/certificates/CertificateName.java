package org.slipway.certificates;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.slipway.accounts.InvalidInputException;
import org.slipway.settings.SettingText;

/**
 * A host name or a numeric address for which a certificate stands (RFC 5280 section 4.2.1.6).
 *
 * @param text a host name in lower case, perhaps with {@code *} as its first label, or an address
 */
record CertificateName(String text, boolean isAddress) {
  private static final int MOST = 50;
  private static final int LONGEST = 253;
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  static Optional<CertificateName> parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.length() > LONGEST) {
      // Before any pattern, which takes a stack frame for each label.
      return Optional.empty();
    }
    if (name.matches("[0-9.]+") && !name.matches("\\d+(\\.\\d+){3}")) {
      return Optional.empty();
    }
    try {
      InetAddress address = SettingText.address(name);
      boolean scoped = address instanceof Inet6Address six && six.getScopeId() != 0;
      return scoped
          ? Optional.empty()
          : Optional.of(new CertificateName(address.getHostAddress(), true));
    } catch (IllegalArgumentException notNumeric) {
      return HOST_NAME.matcher(name).matches() && !name.matches("[0-9.]+")
          ? Optional.of(new CertificateName(name, false))
          : Optional.empty();
    }
  }

  /**
   * Reads the names that somebody gave.
   *
   * @throws InvalidInputException naming the one that is none
   */
  static List<CertificateName> parseAll(List<String> texts) {
    if (texts.isEmpty() || texts.size() > MOST) {
      throw new InvalidInputException(
          "names", "certificate.names", "One to %d names are needed".formatted(MOST));
    }
    List<CertificateName> names = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i) == null ? "" : texts.get(i);
      int place = i;
      names.add(
          parse(text)
              .orElseThrow(() ->
                  new InvalidInputException(
                      "names[" + place + "]",
                      "certificate.name",
                      "A host name or a numeric address is needed")));
    }
    return names.stream().distinct().toList();
  }

  /** By which this machine is reached: its host name and the loopback. */
  static List<CertificateName> ofThisMachine() {
    List<CertificateName> names = new ArrayList<>();
    hostName().flatMap(CertificateName::parse).ifPresent(names::add);
    for (String loopback : List.of("localhost", "127.0.0.1", "::1")) {
      names.add(parse(loopback).orElseThrow());
    }
    return names.stream().distinct().toList();
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  GeneralName asGeneralName() {
    return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }
}
