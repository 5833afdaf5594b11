package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Action;
import org.slipway.accounts.Group;
import org.slipway.accounts.Groups;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Role;

/** The groups: what counts for accounts that are treated alike. */
@Named
@ViewScoped
public class GroupsPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient Groups groups;
  @Inject private transient AccountDirectory directory;
  @Inject private transient Me me;
  private GroupForm form = new GroupForm();
  private String chosen = "";

  public List<Group> getGroups() {
    return groups.all().stream().sorted(Comparator.comparing(Group::name)).toList();
  }

  public long members(String name) {
    return directory.all().stream().filter(a -> a.groups().contains(name)).count();
  }

  public void add() {
    form = new GroupForm();
  }

  public void edit(String name) {
    form =
        GroupForm.of(
            groups
                .find(name)
                .orElseThrow(() ->
                    Refusal.of(Refusal.Kind.NO_SUCH_THING, "There is no group " + name)
                        .asException()));
  }

  public void save() {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried("groupForm", this::store)) {
      Feedback.done("saved");
    }
  }

  private void store() {
    Group group = form.read();
    if (form.isFresh() && groups.find(group.name()).isPresent()) {
      throw new InvalidInputException(
          "name", "group.taken", "There is a group of this name already");
    }
    groups.put(group, OptionalLong.of(form.revision()), me.who());
  }

  /** Opens the dialog that asks before a group is deleted. */
  public void choose(String name) {
    chosen = name;
  }

  public void delete() {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried("deleteForm", () -> groups.delete(chosen, OptionalLong.empty(), me.who()))) {
      Feedback.done("deleted", chosen);
    }
  }

  public Role[] getRoles() {
    return new Role[] {Role.USER, Role.OPERATOR, Role.ADMIN};
  }

  public OnConflict[] getConflictChoices() {
    return OnConflict.values();
  }

  public GroupForm getForm() {
    return form;
  }

  public String getChosen() {
    return chosen;
  }
}
