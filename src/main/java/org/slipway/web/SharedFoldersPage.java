package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.SharedFolder;
import org.slipway.accounts.SharedFolders;

/** Folders that stand in the homes of several accounts, on the quota of one. */
@Named
@ViewScoped
public class SharedFoldersPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient SharedFolders shared;
  @Inject private transient AccountDirectory directory;
  @Inject private transient Me me;
  private SharedFolderForm form = new SharedFolderForm();
  private String chosen = "";

  public List<SharedFolder> getFolders() {
    return shared.all().stream().sorted(Comparator.comparing(SharedFolder::name)).toList();
  }

  public String username(UUID id) {
    return named(id).orElse("");
  }

  private Optional<String> named(UUID id) {
    return directory.byId(id).map(Account::username);
  }

  /** Who finds the folder in the home. */
  public String members(SharedFolder folder) {
    return folder.members().stream()
        .flatMap(m ->
            m
                .group()
                .map(g -> Words.text("shared.groupNamed", g))
                .or(() -> m.account().flatMap(this::named))
                .stream())
        .collect(Collectors.joining(", "));
  }

  public void add() {
    form = new SharedFolderForm();
    form.addMember();
  }

  public void edit(String name) {
    SharedFolder folder =
        shared
            .find(name)
            .orElseThrow(() ->
                Refusal.of(Refusal.Kind.NO_SUCH_THING, "There is no shared folder " + name)
                    .asException());
    form = SharedFolderForm.of(folder, this::named);
  }

  public void save() {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried("sharedForm", this::store)) {
      Feedback.done("saved");
    }
  }

  private void store() {
    SharedFolder folder = form.read(name -> directory.byUsername(name).map(Account::id));
    if (form.isFresh() && shared.find(folder.name()).isPresent()) {
      throw new InvalidInputException(
          "name", "shared.taken", "There is a shared folder of this name already");
    }
    shared.put(folder, OptionalLong.of(form.revision()), me.who());
  }

  /** Opens the dialog that asks before sharing ends. */
  public void choose(String name) {
    chosen = name;
  }

  public void delete() {
    me.require(Action.MANAGE_ACCOUNTS);
    if (Feedback.tried("deleteForm", () -> shared.delete(chosen, OptionalLong.empty(), me.who()))) {
      Feedback.done("shared.ended", chosen);
    }
  }

  public SharedFolderForm getForm() {
    return form;
  }

  public String getChosen() {
    return chosen;
  }
}
