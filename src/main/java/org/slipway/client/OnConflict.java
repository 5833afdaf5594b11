package org.slipway.client;

/** What happens where a file of the name is there already. */
enum OnConflict {
  ask,
  overwrite,
  reject,
  rename
}
