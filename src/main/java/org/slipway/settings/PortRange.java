package org.slipway.settings;

/** Ports from {@code first} to {@code last}, both included. */
public record PortRange(int first, int last) {
  public int size() {
    return last - first + 1;
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
