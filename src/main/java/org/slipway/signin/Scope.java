package org.slipway.signin;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.Action;

/**
 * What a token may be used for. It never gives more than its account may do; reading and writing
 * are apart, neither includes the other.
 */
public enum Scope {
  FILES_READ("files:read", Action.USE_OWN_HOME),
  FILES_WRITE("files:write", Action.USE_OWN_HOME),
  BOOT_FILES_READ("boot-files:read", Action.MANAGE_BOOT_FILES),
  BOOT_FILES_WRITE("boot-files:write", Action.MANAGE_BOOT_FILES),
  DEVICES_READ(
      "devices:read", Action.MANAGE_DEVICES, Action.MANAGE_MANIFESTS, Action.MANAGE_NETWORKS),
  DEVICES_WRITE(
      "devices:write", Action.MANAGE_DEVICES, Action.MANAGE_MANIFESTS, Action.MANAGE_NETWORKS),
  MONITOR_READ("monitor:read", Action.SEE_LISTENERS, Action.SEE_ALL_TRANSFERS),
  MONITOR_WRITE("monitor:write", Action.SEE_ALL_TRANSFERS),
  ADMIN_READ(
      "admin:read",
      Action.MANAGE_ACCOUNTS,
      Action.MANAGE_LISTENERS,
      Action.MANAGE_SETTINGS,
      Action.READ_AUDIT),
  ADMIN_WRITE(
      "admin:write", Action.MANAGE_ACCOUNTS, Action.MANAGE_LISTENERS, Action.MANAGE_SETTINGS);

  private final String text;
  private final Set<Action> actions;

  Scope(String text, Action... actions) {
    this.text = text;
    this.actions = EnumSet.copyOf(Arrays.asList(actions));
  }

  /** As the API and the database spell it. */
  public String text() {
    return text;
  }

  public static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(s -> s.text.equals(text)).findFirst();
  }

  /** What a token needs for an action; empty for an action that no token may do. */
  public static Optional<Scope> needed(Action action, boolean reading) {
    return Arrays.stream(values())
        .filter(s -> s.text.endsWith(reading ? ":read" : ":write"))
        .filter(s -> s.actions.contains(action))
        .findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
