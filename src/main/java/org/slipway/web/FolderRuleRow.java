package org.slipway.web;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.slipway.accounts.Channel;
import org.slipway.accounts.FolderRule;
import org.slipway.accounts.Permission;

/** A folder rule in a form. */
public class FolderRuleRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private String path;
  private Permission[] permissions;
  private Channel[] channels;

  FolderRuleRow(FolderRule rule) {
    path = rule.path();
    permissions = AccessForm.sorted(rule.permissions());
    channels = rule.channels().stream().sorted().toArray(Channel[]::new);
  }

  FolderRule read() {
    return new FolderRule(
        Entered.folder("folders", path), set(permissions), Set.copyOf(Arrays.asList(channels)));
  }

  static Set<Permission> set(Permission[] permissions) {
    Set<Permission> result = EnumSet.noneOf(Permission.class);
    result.addAll(Arrays.asList(permissions));
    return result;
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path == null ? "" : path;
  }

  public Permission[] getPermissions() {
    return permissions;
  }

  public void setPermissions(Permission[] permissions) {
    this.permissions = permissions;
  }

  public Channel[] getChannels() {
    return channels;
  }

  public void setChannels(Channel[] channels) {
    this.channels = channels;
  }
}
