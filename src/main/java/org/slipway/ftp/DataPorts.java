package org.slipway.ftp;

import java.io.IOException;

/** What PASV, EPSV, PORT and EPRT have said about the next data connection of a session. */
final class DataPorts implements AutoCloseable {
  private final FtpSession session;
  private PassiveListener passive;
  private ActiveEndpoint active;
  private boolean extendedPassiveOnly;

  DataPorts(FtpSession session) {
    this.session = session;
  }

  /** After EPSV ALL no other way may open a data connection (RFC 2428 section 4). */
  void useExtendedPassiveOnly() {
    extendedPassiveOnly = true;
  }

  boolean usesExtendedPassiveOnly() {
    return extendedPassiveOnly;
  }

  /**
   * Readies the passive port for one data connection; a port of the client that was named before
   * counts no more.
   *
   * @throws IOException if no port is free
   */
  int listen() throws IOException {
    active = null;
    if (passive != null
        && (passive.isAnnounced() || session.services().passivePorts().areScarce())) {
      closePassive();
    }
    if (passive == null) {
      passive = session.services().passivePorts().open(session.localAddress());
    }
    try {
      passive.announce();
    } catch (IOException e) {
      closePassive();
      return listenAnew();
    }
    return passive.port();
  }

  private int listenAnew() throws IOException {
    passive = session.services().passivePorts().open(session.localAddress());
    passive.announce();
    return passive.port();
  }

  /** Opens the next data connection to a port of the client, in place of a passive port. */
  void connectTo(int port) {
    active = new ActiveEndpoint(session.localAddress(), port);
    if (passive != null) {
      passive.withdraw();
    }
  }

  private void closePassive() {
    passive.close();
    passive = null;
  }

  /** Whether one of PASV, EPSV, PORT and EPRT has named a port that is not used yet. */
  boolean hasEndpoint() {
    return active != null || passive != null && passive.isAnnounced();
  }

  /** What was named, for one transfer. */
  DataEndpoint take() {
    if (active != null) {
      DataEndpoint endpoint = active;
      active = null;
      return endpoint;
    }
    passive.use();
    return passive;
  }

  @Override
  public void close() {
    if (passive != null) {
      passive.close();
    }
  }
}
