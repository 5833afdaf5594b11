package org.slipway.settings;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * By which address of the server the clients of a network reach it, network by network: behind a
 * NAT those inside see another one than those outside.
 *
 * @param rules those of longer prefixes first
 */
public record PublicAddresses(List<Rule> rules) {
  private static final String OWN = "own";

  /**
   * One network.
   *
   * @param address empty: the one that the client has come to
   */
  public record Rule(CidrBlock network, Optional<Inet4Address> address) {
    @Override
    public String toString() {
      return network + "=" + address.map(InetAddress::getHostAddress).orElse(OWN);
    }
  }

  public PublicAddresses {
    rules = List.copyOf(rules);
  }

  /**
   * Reads {@code NETWORK=ADDRESS} separated by commas or blanks; of IPv4 alone, because PASV tells
   * no other and EPSV tells none (RFC 2428).
   */
  static PublicAddresses parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String part : text.split("[,\\s]+")) {
      if (!part.isEmpty()) {
        rules.add(rule(part));
      }
    }
    if (rules.stream().map(Rule::network).distinct().count() < rules.size()) {
      throw new IllegalArgumentException(text);
    }
    rules.sort(Comparator.comparingInt((Rule r) -> r.network().prefix()).reversed());
    return new PublicAddresses(rules);
  }

  private static Rule rule(String text) {
    int sign = text.indexOf('=');
    if (sign < 0) {
      throw new IllegalArgumentException(text);
    }
    CidrBlock network = CidrBlock.parse(text.substring(0, sign));
    String told = text.substring(sign + 1);
    if (!(network.base() instanceof Inet4Address)) {
      throw new IllegalArgumentException(text);
    }
    if (told.equalsIgnoreCase(OWN)) {
      return new Rule(network, Optional.empty());
    }
    if (SettingText.address(told) instanceof Inet4Address address) {
      return new Rule(network, Optional.of(address));
    }
    throw new IllegalArgumentException(text);
  }

  /** The rule of the smallest network that a client is in. */
  public Optional<Rule> of(InetAddress client) {
    return rules.stream().filter(rule -> rule.network().contains(client)).findFirst();
  }
}
