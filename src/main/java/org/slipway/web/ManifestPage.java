package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Violation;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.Manifests;

/** The manifest editor: each time it is saved with a change, a new version is made. */
@Named
@ViewScoped
public class ManifestPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_ACCOUNTS = 20;
  private static final int MOST_DEVICES = 20;

  @Inject private transient Manifests manifests;
  @Inject private transient Devices devices;
  @Inject private transient AccountDirectory accounts;
  @Inject private transient KnownFiles knownFiles;
  @Inject private transient Me me;
  private String asked = "";
  private ManifestForm form = new ManifestForm();
  private final FileChooser chooser = new FileChooser();
  private transient List<Device> users;

  /** Reads the manifest that the address names; without a name it is a new one. */
  public String open() {
    if (asked == null || asked.isBlank()) {
      return null;
    }
    Manifest manifest = manifests.find(asked).orElse(null);
    if (manifest == null) {
      Feedback.error(Words.text("manifest.missing", asked));
      Feedback.keep();
      return Page.MANIFESTS.getPath() + "?faces-redirect=true";
    }
    String username = manifest.account().flatMap(accounts::byId).map(Account::username).orElse("");
    form = ManifestForm.of(manifest, username);
    look();
    return null;
  }

  /** Looks again at what is typed. */
  public void look() {
    knownFiles.look(form);
  }

  public List<String> completeAccount(String query) {
    String wanted = query == null ? "" : query.toLowerCase(Locale.ROOT).strip();
    return accounts.all().stream()
        .filter(a -> a.status() == AccountStatus.ACTIVE && a.username().contains(wanted))
        .map(Account::username)
        .sorted()
        .limit(MOST_ACCOUNTS)
        .toList();
  }

  public void addStep() {
    form.addStep("");
    look();
  }

  public void addList() {
    form.addStep(form.getEffectiveListName());
    look();
  }

  public void addFile() {
    form.addFile("");
  }

  public void removeStep(int index) {
    form.getSteps().remove(index);
  }

  public void removeFile(int index) {
    form.getFiles().remove(index);
  }

  public void moveStep(int from, int to) {
    ManifestForm.move(form.getSteps(), from, to);
  }

  public void moveFile(int from, int to) {
    ManifestForm.move(form.getFiles(), from, to);
  }

  public void chooseSteps() {
    chooser.offer(true, knownFiles.bootFiles());
  }

  public void chooseFiles() {
    chooser.offer(false, knownFiles.homeFiles(form.getAccount()));
  }

  /** Adds what was ticked in the dialog. */
  public void addChosen() {
    for (String path : chooser.getPicked()) {
      if (chooser.isForSteps()) {
        form.addStep(path);
      } else {
        form.addFile(path);
      }
    }
    look();
  }

  public String save() {
    me.require(Action.MANAGE_MANIFESTS);
    ManifestProblems.forget(form);
    try {
      return saved(store());
    } catch (InvalidInputException e) {
      look();
      ManifestProblems.show(form, e.violations());
    } catch (RefusedException e) {
      Feedback.error(Words.text(e.refusal()));
    }
    return null;
  }

  private Manifest store() {
    if (form.isFresh() && manifests.find(form.getName().strip()).isPresent()) {
      throw new InvalidInputException(
          List.of(
              new Violation("name", "manifest.taken", "There is a manifest of this name already")));
    }
    return manifests.put(form.draft(), OptionalLong.of(form.revision()), me.who());
  }

  private String saved(Manifest now) {
    String key = now.version() == form.getVersion() ? "manifest.unchanged" : "manifest.saved";
    Feedback.done(key, now.name(), now.version());
    Feedback.keep();
    String name = URLEncoder.encode(now.name(), StandardCharsets.UTF_8);
    return Page.MANIFEST.getPath() + "?faces-redirect=true&name=" + name;
  }

  public String delete() {
    me.require(Action.MANAGE_MANIFESTS);
    boolean deleted =
        Feedback.tried(
            "deleteForm", () -> manifests.delete(form.getName(), OptionalLong.empty(), me.who()));
    if (!deleted) {
      return null;
    }
    Feedback.done("deleted", form.getName());
    Feedback.keep();
    return Page.MANIFESTS.getPath() + "?faces-redirect=true";
  }

  private List<Device> users() {
    if (users == null) {
      users =
          form.isFresh()
              ? List.of()
              : devices.all().stream()
                  .filter(d -> d.manifest().filter(form.getName()::equals).isPresent())
                  .sorted(Comparator.comparing(Device::name))
                  .toList();
    }
    return users;
  }

  /** Some of the devices that use it. */
  public List<Device> getUsers() {
    return users().subList(0, Math.min(users().size(), MOST_DEVICES));
  }

  public int getUserCount() {
    return users().size();
  }

  public List<String> getBootFiles() {
    return knownFiles.bootFiles();
  }

  public List<String> getHomeFiles() {
    return knownFiles.homeFiles(form.getAccount());
  }

  public Manifest.Advance[] getAdvances() {
    return Manifest.Advance.values();
  }

  public Manifest.End[] getEnds() {
    return Manifest.End.values();
  }

  public Manifest.Rearm[] getRearms() {
    return Manifest.Rearm.values();
  }

  public String getAsked() {
    return asked;
  }

  public void setAsked(String asked) {
    this.asked = asked;
  }

  public ManifestForm getForm() {
    return form;
  }

  public FileChooser getChooser() {
    return chooser;
  }
}
