package org.slipway.web;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.Group;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Role;

/** The fields of the dialog in which a group is made or changed. */
public class GroupForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private long revision = -1;
  private String name = "";
  private String description = "";
  private AccessForm access = new AccessForm();
  private Role role;
  private String quotaBytes = "";
  private String quotaFiles = "";
  private String maxSessions = "";
  private String validDays = "";
  private OnConflict onConflict;

  static GroupForm of(Group g) {
    GroupForm form = new GroupForm();
    form.revision = g.revision();
    form.name = g.name();
    form.description = g.description();
    form.access = AccessForm.of(g.policy());
    Group.Template t = g.template();
    form.role = t.roles().flatMap(roles -> roles.stream().sorted().findFirst()).orElse(null);
    form.quotaBytes = Sizes.write(t.quotaBytes());
    form.quotaFiles = t.quotaFiles().map(Object::toString).orElse("");
    form.maxSessions = t.maxSessions().map(Object::toString).orElse("");
    form.validDays = t.validDays().map(Object::toString).orElse("");
    form.onConflict = t.onConflict().orElse(null);
    return form;
  }

  Group read() {
    return new Group(
        name.strip(),
        description.strip(),
        access.read(),
        new Group.Template(
            Sizes.read("quotaBytes", quotaBytes),
            Sizes.count("quotaFiles", quotaFiles),
            number("maxSessions", maxSessions),
            Optional.ofNullable(onConflict),
            number("validDays", validDays),
            Optional.ofNullable(role).map(Set::of)),
        0);
  }

  private static Optional<Integer> number(String field, String text) {
    return Sizes.count(field, text).map(n -> (int) Math.min(n, 1_000_000));
  }

  public boolean isFresh() {
    return revision < 0;
  }

  long revision() {
    return revision;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? "" : name;
  }

  public String getDescription() {
    return description;
  }

  public void setDescription(String description) {
    this.description = description == null ? "" : description;
  }

  public AccessForm getAccess() {
    return access;
  }

  public Role getRole() {
    return role;
  }

  public void setRole(Role role) {
    this.role = role;
  }

  public String getQuotaBytes() {
    return quotaBytes;
  }

  public void setQuotaBytes(String quotaBytes) {
    this.quotaBytes = quotaBytes;
  }

  public String getQuotaFiles() {
    return quotaFiles;
  }

  public void setQuotaFiles(String quotaFiles) {
    this.quotaFiles = quotaFiles;
  }

  public String getMaxSessions() {
    return maxSessions;
  }

  public void setMaxSessions(String maxSessions) {
    this.maxSessions = maxSessions;
  }

  public String getValidDays() {
    return validDays;
  }

  public void setValidDays(String validDays) {
    this.validDays = validDays;
  }

  public OnConflict getOnConflict() {
    return onConflict;
  }

  public void setOnConflict(OnConflict onConflict) {
    this.onConflict = onConflict;
  }
}
