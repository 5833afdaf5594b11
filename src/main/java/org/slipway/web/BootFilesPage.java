package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.primefaces.event.FileUploadEvent;
import org.slipway.accounts.Action;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditTrail;
import org.slipway.bootfiles.Templates;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.Manifests;
import org.slipway.storage.AuditedArea;
import org.slipway.storage.FileArea;
import org.slipway.storage.FileAreas;
import org.slipway.storage.FileFacts;
import org.slipway.storage.TftpUploads;
import org.slipway.storage.VirtualPath;

/** The TFTP area: folders and files that devices boot from. */
@Named
@ViewScoped
public class BootFilesPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient FileAreas areas;
  @Inject private transient BrowserUpload browserUpload;
  @Inject private transient Manifests manifests;
  @Inject private transient TftpUploads tftpUploads;
  @Inject private transient Devices devices;
  @Inject private transient AuditTrail audit;
  @Inject private transient Templates templates;
  @Inject private transient Me me;
  private String folder = "";
  private String newFolder = "";
  private String chosen = "";
  private final Map<String, String> checksums = new HashMap<>();
  private final List<BrowserUpload.Outcome> uploads = new ArrayList<>();
  private transient List<FileFacts> entries;
  private transient FileUse use;

  private FileArea area() {
    return AuditedArea.bootFiles(areas.bootFiles(), audit, me.who());
  }

  private VirtualPath here() {
    return VirtualPath.parse(folder);
  }

  /** Looks whether the folder in the address is there; else its reader starts at the top. */
  public void open() {
    try {
      VirtualPath path = VirtualPath.parse(folder == null ? "" : folder);
      if (!path.isRoot() && area().stat(path).filter(FileFacts::folder).isEmpty()) {
        throw new RefusedException(Refusal.Kind.NO_SUCH_FILE, "There is no such folder");
      }
      folder = path.relative();
    } catch (RefusedException e) {
      folder = "";
      Feedback.error(Words.text(e.refusal()));
    }
  }

  /** How much of its quota TFTP has stored. */
  public QuotaBar getWritten() {
    QuotaLedger.Usage usage = tftpUploads.usage();
    return QuotaBar.of(usage.usedBytes(), usage.quotaBytes());
  }

  /** What is in the folder: folders first, then files, each by name. */
  public List<FileFacts> getEntries() {
    if (entries == null) {
      List<FileFacts> found = new ArrayList<>();
      try {
        area().list(here(), found::add);
      } catch (RefusedException e) {
        Feedback.error(Words.text(e.refusal()));
      }
      found.sort(
          Comparator.comparing((FileFacts f) -> !f.folder())
              .thenComparing(f -> f.name().toLowerCase(Locale.ROOT))
              .thenComparing(FileFacts::name));
      entries = found;
    }
    return entries;
  }

  private void changed() {
    entries = null;
    use = null;
  }

  private FileUse use() {
    if (use == null) {
      use = new FileUse(manifests.all(), devices.all());
    }
    return use;
  }

  public List<String> manifestsOf(String name) {
    return use().manifests(here().child(name));
  }

  public int devicesOf(String name) {
    return use().devices(here().child(name));
  }

  public String path(String name) {
    return here().child(name).relative();
  }

  public List<Crumb> getCrumbs() {
    return Crumb.of(here());
  }

  /** Called once for each file. */
  public void upload(FileUploadEvent event) {
    me.require(Action.MANAGE_BOOT_FILES);
    uploads.add(browserUpload.store(area(), here(), event.getFile(), me.who()));
    checksums.clear();
    changed();
  }

  public void forgetUploads() {
    uploads.clear();
  }

  public void makeFolder() {
    me.require(Action.MANAGE_BOOT_FILES);
    String name = newFolder.strip();
    if (Feedback.tried("folderForm", () -> area().makeFolder(here().child(name)))) {
      Feedback.done("boot.folderMade", name);
      newFolder = "";
    }
    changed();
  }

  /** Reads the whole file once; the result stays on the page. */
  public void checksum(String name) {
    me.require(Action.MANAGE_BOOT_FILES);
    Feedback.tried("bootFiles", () -> checksums.put(path(name), area().sha256(here().child(name))));
  }

  public boolean isTemplate(String name) {
    return templates.isTemplate(here().child(name));
  }

  /** Makes the file one that is rendered for each device, or a plain one again. */
  public void toggleTemplate(String name) {
    me.require(Action.MANAGE_BOOT_FILES);
    VirtualPath path = here().child(name);
    boolean template = !templates.isTemplate(path);
    if (Feedback.tried("bootFiles", () -> templates.mark(path, template, me.who()))) {
      Feedback.done(template ? "boot.isTemplate" : "boot.isPlain", name);
    }
  }

  /** Opens the dialog that asks before something is deleted. */
  public void choose(String name) {
    chosen = name;
  }

  public boolean isChosenFolder() {
    return !chosen.isEmpty()
        && area().stat(here().child(chosen)).filter(FileFacts::folder).isPresent();
  }

  /** How many files go with the folder that is to be deleted. */
  public int getChosenFiles() {
    return isChosenFolder() ? BootFileNames.below(area(), here().child(chosen)).size() : 1;
  }

  public List<String> getChosenManifests() {
    return chosen.isEmpty() ? List.of() : manifestsOf(chosen);
  }

  public int getChosenDevices() {
    return chosen.isEmpty() ? 0 : devicesOf(chosen);
  }

  public void delete() {
    me.require(Action.MANAGE_BOOT_FILES);
    VirtualPath path = here().child(chosen);
    if (Feedback.tried("deleteForm", () -> area().deleteTree(path))) {
      templates.deleted(path);
      Feedback.done("deleted", chosen);
    }
    checksums.clear();
    changed();
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

  public String getChosen() {
    return chosen;
  }

  /** Those that were asked for, by path. */
  public Map<String, String> getChecksums() {
    return checksums;
  }

  public List<BrowserUpload.Outcome> getUploads() {
    return uploads;
  }
}
