package org.slipway.web;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Action;

/**
 * Every page that exists, and who may open it. What is not in this table cannot be opened, and the
 * navigation shows nothing else.
 */
public enum Page {
  HOME("/home.xhtml", Action.USE_OWN_HOME, "pi-home"),
  DEVICES("/devices/devices.xhtml", Action.MANAGE_DEVICES, "pi-server"),
  DEVICE("/devices/device.xhtml", DEVICES),
  MANIFESTS("/manifests/manifests.xhtml", Action.MANAGE_MANIFESTS, "pi-list-check"),
  MANIFEST("/manifests/manifest.xhtml", MANIFESTS),
  BOOT_FILES("/bootfiles/boot-files.xhtml", Action.MANAGE_BOOT_FILES, "pi-folder"),
  NETWORKS("/networks/networks.xhtml", Action.MANAGE_NETWORKS, "pi-sitemap"),
  APPROVALS("/accounts/approvals.xhtml", Action.MANAGE_ACCOUNTS, "pi-user-plus"),
  ACCOUNTS("/accounts/accounts.xhtml", Action.MANAGE_ACCOUNTS, "pi-users"),
  LISTENERS("/listeners/listeners.xhtml", Action.MANAGE_LISTENERS, "pi-bolt"),
  CERTIFICATES("/settings/certificates.xhtml", Action.MANAGE_SETTINGS, "pi-lock"),
  SIGN_IN("/signin.xhtml"),
  REGISTER("/register.xhtml"),
  REGISTRATION("/registration.xhtml"),
  SETUP("/setup.xhtml"),
  ERROR("/errors/error.xhtml");

  private final String path;
  private final Action needed;
  private final String icon;
  private final Page parent;

  Page(String path) {
    this(path, null, null, null);
  }

  Page(String path, Page parent) {
    this(path, parent.needed, null, parent);
  }

  Page(String path, Action needed, String icon) {
    this(path, needed, icon, null);
  }

  Page(String path, Action needed, String icon, Page parent) {
    this.path = path;
    this.needed = needed;
    this.icon = icon;
    this.parent = parent;
  }

  /** The page with exactly this path. */
  public static Optional<Page> of(String path) {
    return Arrays.stream(values()).filter(p -> p.path.equals(path)).findFirst();
  }

  /** Those that the navigation may show. */
  public static List<Page> navigable() {
    return Arrays.stream(values()).filter(p -> p.icon != null).toList();
  }

  public String getPath() {
    return path;
  }

  public String getIcon() {
    return icon;
  }

  /** Where its name is in the message bundles. */
  public String getKey() {
    return "page." + name();
  }

  /** What one must be allowed to do to open it; empty for a page that is open to anyone. */
  public Optional<Action> needed() {
    return Optional.ofNullable(needed);
  }

  /** Whether the navigation marks it when this view is shown. */
  public boolean covers(String viewId) {
    return of(viewId).filter(p -> p == this || p.parent == this).isPresent();
  }
}
