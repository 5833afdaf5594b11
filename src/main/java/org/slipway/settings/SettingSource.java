package org.slipway.settings;

/** Where the value of a setting comes from, strongest first. */
public enum SettingSource {
  SYSTEM_PROPERTY,
  ENVIRONMENT,
  FILE,
  DATABASE,
  RUN_COMMAND,
  DEFAULT;

  /** A value from one of the first three cannot be changed on the console. */
  public boolean isFixed() {
    return compareTo(FILE) <= 0;
  }
}
