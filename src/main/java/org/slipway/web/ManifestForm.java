package org.slipway.web;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slipway.provisioning.FileList;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.ManifestDraft;

/** The fields of the manifest editor, and the files that would be rendered from them. */
public class ManifestForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private int version;
  private long revision = -1;
  private String name = "";
  private String description = "";
  private String account = "";
  private Manifest.Advance advance = Manifest.Advance.DELIVERY;
  private Manifest.End end = Manifest.End.SILENCE;
  private Manifest.Rearm rearm = Manifest.Rearm.SILENCE;
  private String listName = "";
  private final List<StepRow> steps = new ArrayList<>();
  private final List<FileRow> files = new ArrayList<>();

  static ManifestForm of(Manifest m, String username) {
    ManifestForm form = new ManifestForm();
    form.version = m.version();
    form.revision = m.revision();
    form.name = m.name();
    form.description = m.description();
    form.account = username;
    form.advance = m.advance();
    form.end = m.end();
    form.rearm = m.rearm();
    form.listName = m.listName();
    m.steps().forEach(s -> form.steps.add(new StepRow(s.path())));
    m.files().forEach(f -> form.files.add(new FileRow(f.key(), f.path(), f.sha256())));
    return form;
  }

  ManifestDraft draft() {
    return new ManifestDraft(
        name.strip(),
        description.strip(),
        Entered.text(account),
        advance,
        end,
        rearm,
        Entered.text(listName),
        steps.stream().map(s -> new Manifest.Step(s.getPath().strip())).toList(),
        files.stream().map(FileRow::listed).toList());
  }

  private Manifest rendered() {
    return new Manifest(
        name.strip(),
        version + 1,
        description,
        Optional.empty(),
        advance,
        end,
        rearm,
        getEffectiveListName(),
        List.of(),
        files.stream().filter(f -> !f.isBlank()).map(FileRow::shown).toList(),
        Instant.EPOCH,
        "",
        0);
  }

  /** The list as a device would read it. */
  public String getList() {
    return new String(FileList.list(rendered()), StandardCharsets.UTF_8);
  }

  public String getChecksums() {
    return new String(FileList.checksums(rendered()), StandardCharsets.UTF_8);
  }

  /** Where the list is served. */
  public String getEffectiveListName() {
    String path = Entered.text(listName).orElse(name.strip() + ".rc");
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /** Whether one of the steps is the list. */
  public boolean isListed() {
    return steps.stream().anyMatch(s -> isList(s.getPath()));
  }

  boolean isList(String path) {
    String plain = path.strip();
    return (plain.startsWith("/") ? plain.substring(1) : plain).equals(getEffectiveListName());
  }

  void addStep(String path) {
    steps.add(new StepRow(path));
  }

  /** Adds a file under a key made of its name. */
  void addFile(String path) {
    String base = path.substring(path.lastIndexOf('/') + 1);
    int dot = base.lastIndexOf('.');
    String plain = (dot > 0 ? base.substring(0, dot) : base).replaceAll("[^A-Za-z0-9._-]+", "");
    Set<String> taken = files.stream().map(FileRow::getKey).collect(Collectors.toSet());
    String wanted = plain.isEmpty() ? "file" : plain.substring(0, Math.min(plain.length(), 56));
    String key = wanted;
    for (int i = 2; taken.contains(key); i++) {
      key = wanted + "-" + i;
    }
    files.add(new FileRow(path.isEmpty() ? "" : key, path, Optional.empty()));
  }

  /** Puts a row at another place; does nothing where there is no such place. */
  static void move(List<?> rows, int from, int to) {
    if (from >= 0 && from < rows.size() && to >= 0 && to < rows.size()) {
      Collections.rotate(
          rows.subList(Math.min(from, to), Math.max(from, to) + 1), from < to ? -1 : 1);
    }
  }

  public boolean isFresh() {
    return revision < 0;
  }

  public int getVersion() {
    return version;
  }

  public int getNextVersion() {
    return version + 1;
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

  public String getAccount() {
    return account;
  }

  public void setAccount(String account) {
    this.account = account == null ? "" : account;
  }

  public Manifest.Advance getAdvance() {
    return advance;
  }

  public void setAdvance(Manifest.Advance advance) {
    this.advance = advance;
  }

  public Manifest.End getEnd() {
    return end;
  }

  public void setEnd(Manifest.End end) {
    this.end = end;
  }

  public Manifest.Rearm getRearm() {
    return rearm;
  }

  public void setRearm(Manifest.Rearm rearm) {
    this.rearm = rearm;
  }

  public String getListName() {
    return listName;
  }

  public void setListName(String listName) {
    this.listName = listName == null ? "" : listName;
  }

  public List<StepRow> getSteps() {
    return steps;
  }

  public List<FileRow> getFiles() {
    return files;
  }
}
