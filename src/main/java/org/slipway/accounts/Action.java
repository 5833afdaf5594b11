package org.slipway.accounts;

/** What {@link Authorization} is asked about, beside the files of one's own home. */
public enum Action {
  MANAGE_ACCOUNTS(Role.ADMIN),
  MANAGE_LISTENERS(Role.ADMIN),
  MANAGE_SETTINGS(Role.ADMIN),
  READ_AUDIT(Role.ADMIN),
  MANAGE_DEVICES(Role.OPERATOR),
  MANAGE_MANIFESTS(Role.OPERATOR),
  MANAGE_BOOT_FILES(Role.OPERATOR),
  MANAGE_NETWORKS(Role.OPERATOR),
  SEE_LISTENERS(Role.OPERATOR),
  SEE_ALL_TRANSFERS(Role.OPERATOR),
  USE_OWN_HOME(Role.USER);

  private final Role least;

  Action(Role least) {
    this.least = least;
  }

  /** The weakest role that may do it. */
  public Role least() {
    return least;
  }
}
