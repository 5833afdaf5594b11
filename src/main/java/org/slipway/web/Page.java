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
  FILES("/files/files.xhtml", Action.USE_OWN_HOME, "pi-cloud"),
  DEVICES("/devices/devices.xhtml", Action.MANAGE_DEVICES, "pi-server"),
  DEVICE("/devices/device.xhtml", DEVICES),
  PACKETS("/devices/packets.xhtml", DEVICES),
  MANIFESTS("/manifests/manifests.xhtml", Action.MANAGE_MANIFESTS, "pi-list-check"),
  MANIFEST("/manifests/manifest.xhtml", MANIFESTS),
  BOOT_FILES("/bootfiles/boot-files.xhtml", Action.MANAGE_BOOT_FILES, "pi-folder"),
  REMAP_RULES("/bootfiles/remap-rules.xhtml", Action.MANAGE_BOOT_FILES, "pi-directions"),
  NETWORKS("/networks/networks.xhtml", Action.MANAGE_NETWORKS, "pi-sitemap"),
  LIVE("/transfers/live.xhtml", Action.SEE_ALL_TRANSFERS, "pi-wave-pulse"),
  HISTORY("/transfers/history.xhtml", Action.USE_OWN_HOME, "pi-history"),
  APPROVALS("/accounts/approvals.xhtml", Action.MANAGE_ACCOUNTS, "pi-user-plus"),
  INVITATIONS("/accounts/invitations.xhtml", Action.MANAGE_ACCOUNTS, "pi-ticket"),
  ACCOUNTS("/accounts/accounts.xhtml", Action.MANAGE_ACCOUNTS, "pi-users"),
  GROUPS("/accounts/groups.xhtml", Action.MANAGE_ACCOUNTS, "pi-id-card"),
  SHARED_FOLDERS("/accounts/shared-folders.xhtml", Action.MANAGE_ACCOUNTS, "pi-share-alt"),
  LISTENERS("/listeners/listeners.xhtml", Action.MANAGE_LISTENERS, "pi-bolt"),
  AUDIT("/audit/audit.xhtml", Action.READ_AUDIT, "pi-shield"),
  PROFILE("/profile.xhtml", Action.USE_OWN_HOME, null),
  SECOND_FACTOR("/second-factor.xhtml", Action.USE_OWN_HOME, null),
  MAIL("/mail/mail.xhtml", Action.MANAGE_SETTINGS, "pi-envelope"),
  CERTIFICATES("/settings/certificates.xhtml", Action.MANAGE_SETTINGS, "pi-lock"),
  SIGN_IN("/signin.xhtml"),
  REGISTER("/register.xhtml"),
  REGISTRATION("/registration.xhtml"),
  FORGOTTEN("/forgotten.xhtml"),
  RESET("/reset.xhtml"),
  SETUP("/setup.xhtml"),
  UNLOCK("/unlock.xhtml"),
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
