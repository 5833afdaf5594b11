package org.slipway.signin;

import java.net.InetAddress;
import org.slipway.accounts.Channel;
import org.slipway.audit.Who;

/**
 * Somebody who wants to sign in.
 *
 * @param username as it was typed
 */
record Attempt(String username, Channel channel, InetAddress address, Pair pair, Who who) {
  static Attempt of(String username, Channel channel, InetAddress address) {
    return new Attempt(
        username,
        channel,
        address,
        Pair.of(username, Source.of(address)),
        new Who(username, address.getHostAddress(), channel.name()));
  }

  Source source() {
    return pair.source();
  }

  @Override
  public String toString() {
    return "Attempt[" + username + " " + source() + " " + channel + "]";
  }
}
