package org.slipway.web;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Permission;
import org.slipway.accounts.SharedFolder;

/** The fields of the dialog in which a folder is shared. */
public class SharedFolderForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private long revision = -1;
  private String name = "";
  private String description = "";
  private String owner = "";
  private String path = "/";
  private final List<MemberRow> members = new ArrayList<>();

  /** A member: either an account or a group. */
  public static class MemberRow implements Serializable {
    private static final long serialVersionUID = 1L;

    private boolean group;
    private String name = "";
    private Permission[] permissions = {Permission.LIST, Permission.READ};

    public boolean isGroup() {
      return group;
    }

    public void setGroup(boolean group) {
      this.group = group;
    }

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name == null ? "" : name;
    }

    public Permission[] getPermissions() {
      return permissions;
    }

    public void setPermissions(Permission[] permissions) {
      this.permissions = permissions;
    }
  }

  /**
   * @param usernames the user name of an account; empty if it is gone
   */
  static SharedFolderForm of(SharedFolder f, Function<UUID, Optional<String>> usernames) {
    SharedFolderForm form = new SharedFolderForm();
    form.revision = f.revision();
    form.name = f.name();
    form.description = f.description();
    form.owner = usernames.apply(f.owner()).orElse("");
    form.path = f.path();
    for (SharedFolder.Member m : f.members()) {
      Optional<String> named = m.group().or(() -> m.account().flatMap(usernames));
      named.ifPresent(n -> {
        MemberRow row = new MemberRow();
        row.group = m.group().isPresent();
        row.name = n;
        row.permissions = AccessForm.sorted(m.permissions());
        form.members.add(row);
      });
    }
    return form;
  }

  /**
   * @param ids the account of a user name; empty if there is none
   */
  SharedFolder read(Function<String, Optional<UUID>> ids) {
    return new SharedFolder(
        name.strip(),
        description.strip(),
        account("owner", owner, ids),
        Entered.folder("path", path),
        members.stream().map(row -> member(row, ids)).toList(),
        0);
  }

  private static SharedFolder.Member member(MemberRow row, Function<String, Optional<UUID>> ids) {
    return new SharedFolder.Member(
        row.isGroup() ? Optional.empty() : Optional.of(account("members", row.getName(), ids)),
        row.isGroup() ? Entered.text(row.getName()) : Optional.empty(),
        FolderRuleRow.set(row.getPermissions()));
  }

  private static UUID account(String field, String username, Function<String, Optional<UUID>> ids) {
    return Entered.text(username)
        .flatMap(ids)
        .orElseThrow(() ->
            new InvalidInputException(
                field, "account.unknown", "There is no account of the name " + username));
  }

  public void addMember() {
    members.add(new MemberRow());
  }

  public void removeMember(int index) {
    members.remove(index);
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

  public String getOwner() {
    return owner;
  }

  public void setOwner(String owner) {
    this.owner = owner;
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path == null ? "" : path;
  }

  public List<MemberRow> getMembers() {
    return members;
  }
}
