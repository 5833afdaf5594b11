package org.slipway.accounts;

/** What an account may do with the files of its home. */
public enum Permission {
  LIST,
  READ,
  WRITE,
  OVERWRITE,
  DELETE,
  RENAME,
  MAKE_FOLDER
}
