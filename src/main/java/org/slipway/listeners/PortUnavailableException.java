package org.slipway.listeners;

import java.io.IOException;

/** One of several ports of a listener cannot be had. */
public final class PortUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int port;
  private final String setting;

  /**
   * @param setting that names the port
   * @param cause what the operating system says
   */
  public PortUnavailableException(int port, String setting, IOException cause) {
    super(cause);
    this.port = port;
    this.setting = setting;
  }

  int port() {
    return port;
  }

  String setting() {
    return setting;
  }
}
