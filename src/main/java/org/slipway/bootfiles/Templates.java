package org.slipway.bootfiles;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;
import org.slipway.storage.FileAreas;
import org.slipway.storage.FileFacts;
import org.slipway.storage.VirtualPath;

/**
 * Which boot files are templates. The mark belongs to the path: a file that replaces another one is
 * a template too.
 */
@Singleton
public final class Templates {
  private final Changes changes;
  private final AuditTrail audit;
  private final FileAreas areas;
  private final Snapshot<String, Mark> snapshot;

  /** A row; one whose mark was taken away stays. */
  private record Mark(String path, boolean marked) {}

  @Inject
  public Templates(Jdbi jdbi, Changes changes, AuditTrail audit, FileAreas areas) {
    this.changes = changes;
    this.audit = audit;
    this.areas = areas;
    this.snapshot =
        new Snapshot<>(
            jdbi, changes, Topic.TEMPLATES, Templates::newerThan, Mark::path, path -> path);
  }

  public boolean isTemplate(VirtualPath path) {
    Mark mark = snapshot.rows().get(path.relative());
    return mark != null && mark.marked();
  }

  /**
   * Marks a file as a template, or takes the mark away.
   *
   * @throws RefusedException {@code NO_SUCH_FILE}, {@code IS_A_FOLDER}
   */
  public void mark(VirtualPath path, boolean template, Who who) {
    FileFacts facts =
        areas
            .bootFiles()
            .stat(path)
            .orElseThrow(
                () -> new RefusedException(Refusal.Kind.NO_SUCH_FILE, "There is no such file"));
    if (facts.folder()) {
      throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "A folder is no template");
    }
    if (isTemplate(path) != template) {
      write(List.of(new Mark(path.relative(), template)));
      audit.done(
          who,
          template ? AuditAction.TEMPLATE_MARKED : AuditAction.TEMPLATE_UNMARKED,
          path.toString(),
          null,
          null);
    }
  }

  /** The file or folder is gone, and so are the marks in it. */
  public void deleted(VirtualPath path) {
    write(below(path).stream().map(p -> new Mark(p.relative(), false)).toList());
  }

  /** The file or folder has another path, and so have the marks in it. */
  public void renamed(VirtualPath from, VirtualPath to) {
    for (VirtualPath old : below(from)) {
      List<String> rest = old.segments().subList(from.segments().size(), old.segments().size());
      VirtualPath now = rest.isEmpty() ? to : to.resolve(String.join("/", rest));
      write(List.of(new Mark(old.relative(), false), new Mark(now.relative(), true)));
    }
  }

  private List<VirtualPath> below(VirtualPath path) {
    return snapshot.rows().values().stream()
        .filter(Mark::marked)
        .map(mark -> VirtualPath.parse(mark.path()))
        .filter(marked -> marked.startsWith(path))
        .toList();
  }

  private void write(List<Mark> marks) {
    if (marks.isEmpty()) {
      return;
    }
    changes.make(
        Topic.TEMPLATES,
        (h, revision) -> {
          marks.forEach(mark -> write(h, mark, revision));
          return Optional.empty();
        });
  }

  private static void write(Handle h, Mark mark, long revision) {
    h.execute("DELETE FROM boot_template WHERE path = ?", mark.path());
    h.execute(
        "INSERT INTO boot_template (path, marked, revision) VALUES (?, ?, ?)",
        mark.path(),
        mark.marked(),
        revision);
  }

  private static List<Mark> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM boot_template WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> new Mark(r.getString("path"), r.getBoolean("marked")))
        .list();
  }
}
