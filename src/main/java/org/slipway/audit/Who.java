package org.slipway.audit;

/**
 * Who acts: a name, from where, by which channel.
 *
 * @param name user name or hardware address; empty where nobody is known
 */
public record Who(String name, String address, String channel) {
  /** The portal itself. */
  public static final Who SYSTEM = new Who("", "", "SYSTEM");
}
