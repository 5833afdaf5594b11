package org.slipway.client;

/** Who logs in. Not a record: the password must not be printed by accident. */
final class Credentials {
  private final String user;
  private final char[] password;

  Credentials(String user, char[] password) {
    this.user = user;
    this.password = password.clone();
  }

  String user() {
    return user;
  }

  char[] password() {
    return password.clone();
  }
}
