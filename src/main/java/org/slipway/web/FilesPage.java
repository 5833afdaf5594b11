package org.slipway.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slipway.accounts.Channel;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.FileFacts;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.Homes;
import org.slipway.storage.Trash;
import org.slipway.storage.VirtualPath;

/**
 * One's own files. Uploads, downloads and previews go past this page, by the script {@code
 * files.js}, to where they are streamed.
 */
@Named
@ViewScoped
public class FilesPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<FileFacts> BY_NAME =
      Comparator.comparing((FileFacts f) -> f.name().toLowerCase(Locale.ROOT))
          .thenComparing(FileFacts::name);

  @Inject private transient Homes homes;
  @Inject private transient QuotaLedger ledger;
  @Inject private transient Me me;
  @Inject private transient HttpServletRequest request;
  private String folder = "";
  private String newFolder = "";
  private String picked = "";
  private String chosen = "";
  private String newName = "";
  private final MoveTarget target = new MoveTarget();
  private final List<String> undoable = new ArrayList<>();
  private transient Rows<FileFacts> rows;
  private transient List<Trash.Entry> trashed;

  private GuardedArea home() {
    return homes.of(me.getAccount(), Channel.WEB, me.who());
  }

  private VirtualPath here() {
    return VirtualPath.parse(folder);
  }

  /** Looks whether the folder in the address is there; else its reader starts at the top. */
  public void open() {
    try {
      VirtualPath path = VirtualPath.parse(folder == null ? "" : folder);
      if (!home().existing(path).folder()) {
        throw new RefusedException(Refusal.Kind.NOT_A_FOLDER, "This is a file, not a folder");
      }
      folder = path.relative();
    } catch (RefusedException e) {
      folder = "";
      Feedback.error(Words.text(e.refusal()));
    }
  }

  /** What is in the folder: folders first, then files. */
  public Rows<FileFacts> getRows() {
    if (rows == null) {
      rows =
          new Rows<>(
              this::entries,
              FileFacts::name,
              FileFacts::name,
              Map.of(
                  "name", BY_NAME,
                  "size", Comparator.comparing(FileFacts::size).thenComparing(BY_NAME),
                  "modified", Comparator.comparing(FileFacts::modified).thenComparing(BY_NAME)),
              "name",
              Comparator.comparing(f -> !f.folder()));
    }
    return rows;
  }

  private Collection<FileFacts> entries() {
    return once(FilesPage.class, this::listed);
  }

  /** Read once for each request; nothing of it stays in memory. */
  @SuppressWarnings("unchecked")
  private static <T> T once(Class<?> what, Supplier<T> reader) {
    Map<Object, Object> once = FacesContext.getCurrentInstance().getAttributes();
    return (T) once.computeIfAbsent(what, c -> reader.get());
  }

  private List<FileFacts> listed() {
    try {
      return home().list(here());
    } catch (RefusedException e) {
      Feedback.error(Words.text(e.refusal()));
      return List.of();
    }
  }

  private static void changed() {
    Map<Object, Object> once = FacesContext.getCurrentInstance().getAttributes();
    List.of(FilesPage.class, Trash.class, QuotaLedger.class).forEach(once::remove);
  }

  /** Called when uploads have ended; reads everything anew. */
  public void refresh() {
    changed();
  }

  public List<Crumb> getCrumbs() {
    return Crumb.of(here());
  }

  public String path(String name) {
    return here().child(name).relative();
  }

  /** Where the content of a file is to be had. */
  public String href(String name) {
    return request.getContextPath()
        + "/my/files/"
        + here().child(name).segments().stream()
            .map(s -> URLEncoder.encode(s, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
  }

  /** Whether the page offers something for a thing in the folder; it is asked again when done. */
  public boolean may(String permission, String name) {
    return home().allows(Permission.valueOf(permission), here().child(name));
  }

  public boolean mayHere(String permission) {
    return home().allows(Permission.valueOf(permission), here());
  }

  public boolean isMayUpload() {
    return may("WRITE", "x");
  }

  /** What may become of an upload whose name exists, for the script. */
  public String getConflictChoices() {
    return home().conflictChoices().stream()
        .filter(c -> c != OnConflict.OVERWRITE || may("OVERWRITE", "x"))
        .map(Enum::name)
        .collect(Collectors.joining(" "));
  }

  public String getCsrfToken() {
    return WebSession.of(request).map(WebSession::csrfToken).orElse("");
  }

  public void makeFolder() {
    String name = newFolder.strip();
    if (Feedback.tried("folderForm", () -> home().makeFolder(here().child(name)))) {
      Feedback.done("files.folderMade", name);
      newFolder = "";
    }
    changed();
  }

  /** Opens the dialog for another name. */
  public void choose(String name) {
    chosen = name;
    newName = name;
  }

  public void rename() {
    String name = newName.strip();
    if (name.equals(chosen)
        || Feedback.tried(
            "renameForm", () -> home().rename(here().child(chosen), here().child(name)))) {
      Feedback.done("files.renamed", chosen, name);
    }
    changed();
  }

  private List<String> pickedNames() {
    return Stream.of(picked.split("/")).filter(name -> !name.isEmpty()).toList();
  }

  /** Opens the dialog in which the folder is chosen. */
  public void chooseTarget() {
    target.begin(here(), pickedNames().stream().map(n -> here().child(n)).toList());
  }

  public void move() {
    VirtualPath into = target.here();
    int moved =
        each(
            pickedNames(), "moveForm", name -> home().rename(here().child(name), into.child(name)));
    if (moved > 0) {
      Feedback.done("files.moved", moved, into.toString());
    }
    changed();
  }

  /** The folders that the dialog shows. */
  public List<String> getTargetFolders() {
    return target.folders(home());
  }

  /** To the trash; undone by one click. */
  public void discard() {
    undoable.clear();
    int gone =
        each(pickedNames(), "files", name -> undoable.add(home().discard(here().child(name)).id()));
    if (gone > 0) {
      Feedback.done("files.discarded", gone);
    }
    changed();
  }

  public void undo() {
    int back = each(List.copyOf(undoable), "files", id -> home().restore(id));
    undoable.clear();
    if (back > 0) {
      Feedback.done("files.restored", back);
    }
    changed();
  }

  public boolean isUndoable() {
    return !undoable.isEmpty();
  }

  /** How many things can be had back. */
  public int getTrashCount() {
    return once(Trash.class, () -> trash().size());
  }

  private List<Trash.Entry> trash() {
    try {
      return home().trashed();
    } catch (RefusedException e) {
      return List.of();
    }
  }

  /** Opens the dialog; what it shows stays what a click in it means. */
  public void openTrash() {
    trashed = trash();
  }

  public List<Trash.Entry> getTrashed() {
    return trashed == null ? List.of() : trashed;
  }

  public void restore(String id) {
    if (Feedback.tried("trashForm", () -> home().restore(id))) {
      Feedback.done("files.restored", 1);
    }
    trashChanged();
  }

  public void purge(String id) {
    if (Feedback.tried("trashForm", () -> home().purge(id))) {
      Feedback.done("files.purged", 1);
    }
    trashChanged();
  }

  public void emptyTrash() {
    List<String> ids = trash().stream().map(Trash.Entry::id).toList();
    int purged = each(ids, "trashForm", id -> home().purge(id));
    if (purged > 0) {
      Feedback.done("files.purged", purged);
    }
    trashChanged();
  }

  private void trashChanged() {
    undoable.clear();
    changed();
    openTrash();
  }

  /** Does something with each; a refusal is said and the rest goes on. */
  private static int each(List<String> things, String form, Consumer<String> action) {
    int done = 0;
    for (String thing : things) {
      if (Feedback.tried(form, () -> action.accept(thing))) {
        done++;
      }
    }
    return done;
  }

  public QuotaBar getBytes() {
    return QuotaBar.of(usage().usedBytes(), usage().quotaBytes());
  }

  public QuotaBar getFiles() {
    return QuotaBar.of(usage().usedFiles(), usage().quotaFiles());
  }

  private QuotaLedger.Usage usage() {
    return once(QuotaLedger.class, () -> ledger.usage(me.getAccount().id()));
  }

  public String getFolder() {
    return folder;
  }

  public void setFolder(String folder) {
    this.folder = folder;
  }

  public String getNewFolder() {
    return newFolder;
  }

  public void setNewFolder(String newFolder) {
    this.newFolder = newFolder == null ? "" : newFolder;
  }

  /** The names that are ticked, with a slash between them, which no name has. */
  public String getPicked() {
    return picked;
  }

  public void setPicked(String picked) {
    this.picked = picked == null ? "" : picked;
  }

  public String getNewName() {
    return newName;
  }

  public void setNewName(String newName) {
    this.newName = newName == null ? "" : newName;
  }

  public MoveTarget getTarget() {
    return target;
  }
}
