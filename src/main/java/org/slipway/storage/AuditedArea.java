package org.slipway.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;

/**
 * A file area as somebody uses it: every change that was made is in the audit trail, whatever the
 * channel. Every channel gives its users this one, never the area itself.
 */
public final class AuditedArea implements FileArea {
  private final FileArea area;
  private final Words words;
  private final AuditTrail audit;
  private final Who who;

  /** What the changes are called. */
  private record Words(
      AuditAction stored,
      AuditAction replaced,
      AuditAction deleted,
      AuditAction renamed,
      AuditAction folderMade,
      AuditAction folderDeleted) {}

  private static final Words HOME =
      new Words(
          AuditAction.FILE_STORED,
          AuditAction.FILE_REPLACED,
          AuditAction.FILE_DELETED,
          AuditAction.FILE_RENAMED,
          AuditAction.FOLDER_MADE,
          AuditAction.FOLDER_DELETED);
  private static final Words BOOT =
      new Words(
          AuditAction.BOOT_FILE_STORED,
          AuditAction.BOOT_FILE_REPLACED,
          AuditAction.BOOT_FILE_DELETED,
          AuditAction.BOOT_FILE_RENAMED,
          AuditAction.BOOT_FOLDER_MADE,
          AuditAction.BOOT_FOLDER_DELETED);

  private AuditedArea(FileArea area, Words words, AuditTrail audit, Who who) {
    this.area = area;
    this.words = words;
    this.audit = audit;
    this.who = who;
  }

  /** The home of an account. */
  public static FileArea home(FileArea area, AuditTrail audit, Who who) {
    return new AuditedArea(area, HOME, audit, who);
  }

  /** The TFTP area. */
  public static FileArea bootFiles(FileArea area, AuditTrail audit, Who who) {
    return new AuditedArea(area, BOOT, audit, who);
  }

  @Override
  public Optional<FileFacts> stat(VirtualPath path) {
    return area.stat(path);
  }

  @Override
  public void list(VirtualPath folder, Consumer<FileFacts> entries) {
    area.list(folder, entries);
  }

  @Override
  public OpenFile open(VirtualPath file) {
    return area.open(file);
  }

  @Override
  public Upload upload(
      VirtualPath file, OnConflict onConflict, Optional<Long> expectedBytes, boolean makeParents) {
    return new AuditedUpload(area.upload(file, onConflict, expectedBytes, makeParents));
  }

  @Override
  public void makeFolder(VirtualPath folder) {
    area.makeFolder(folder);
    audit.done(who, words.folderMade(), folder.toString(), null, null);
  }

  @Override
  public void makeFolders(VirtualPath folder) {
    boolean missing = !folder.isRoot() && area.stat(folder).isEmpty();
    area.makeFolders(folder);
    if (missing) {
      audit.done(who, words.folderMade(), folder.toString(), null, null);
    }
  }

  @Override
  public void deleteFile(VirtualPath file) {
    String before = described(file);
    area.deleteFile(file);
    audit.done(who, words.deleted(), file.toString(), before, null);
  }

  @Override
  public void deleteFolder(VirtualPath folder) {
    area.deleteFolder(folder);
    audit.done(who, words.folderDeleted(), folder.toString(), null, null);
  }

  @Override
  public void deleteTree(VirtualPath path) {
    boolean folder = area.stat(path).filter(FileFacts::folder).isPresent();
    String before = folder ? null : described(path);
    area.deleteTree(path);
    audit.done(
        who, folder ? words.folderDeleted() : words.deleted(), path.toString(), before, null);
  }

  @Override
  public void rename(VirtualPath from, VirtualPath to) {
    area.rename(from, to);
    audit.done(
        who,
        words.renamed(),
        from.toString(),
        AuditValues.of("path", from),
        AuditValues.of("path", to));
  }

  @Override
  public void setModified(VirtualPath file, Instant time) {
    Optional<Instant> before = area.stat(file).map(FileFacts::modified);
    area.setModified(file, time);
    audit.done(
        who,
        AuditAction.FILE_TIME_SET,
        file.toString(),
        AuditValues.of("modified", before),
        AuditValues.of("modified", time));
  }

  @Override
  public Optional<QuotaLedger.Usage> usage(VirtualPath folder) {
    return area.usage(folder);
  }

  @Override
  public long free(VirtualPath folder) {
    return area.free(folder);
  }

  @Override
  public Trash trash() {
    return new AuditedTrash(area.trash());
  }

  @Override
  public String sha256(VirtualPath file) {
    return area.sha256(file);
  }

  /** Writes down what went into the trash and out of it. */
  private final class AuditedTrash implements Trash {
    private final Trash trash;

    AuditedTrash(Trash trash) {
      this.trash = trash;
    }

    @Override
    public Entry discard(VirtualPath path) {
      Entry entry = trash.discard(path);
      audit.done(who, AuditAction.FILE_TRASHED, path.toString(), null, null);
      return entry;
    }

    @Override
    public List<Entry> entries() {
      return trash.entries();
    }

    @Override
    public Optional<Entry> find(String id) {
      return trash.find(id);
    }

    @Override
    public VirtualPath restore(String id) {
      VirtualPath path = trash.restore(id);
      audit.done(who, AuditAction.FILE_RESTORED, path.toString(), null, null);
      return path;
    }

    @Override
    public void delete(String id) {
      Optional<Entry> gone = trash.find(id);
      trash.delete(id);
      audit.done(
          who, AuditAction.FILE_PURGED, gone.map(e -> e.path().toString()).orElse(id), null, null);
    }

    @Override
    public int deleteBefore(Instant instant) {
      return trash.deleteBefore(instant);
    }
  }

  private String described(VirtualPath path) {
    return area.stat(path).map(f -> AuditValues.of("bytes", f.size())).orElse(null);
  }

  /** Writes down what was published. */
  private final class AuditedUpload implements Upload {
    private final Upload upload;

    AuditedUpload(Upload upload) {
      this.upload = upload;
    }

    @Override
    public void write(ByteBuffer bytes) {
      upload.write(bytes);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, LongConsumer progress) throws IOException {
      return upload.transferFrom(source, progress);
    }

    @Override
    public long size() {
      return upload.size();
    }

    @Override
    public Published publish() {
      Published published = upload.publish();
      boolean replaced = published.replaced();
      audit.doneOften(
          who,
          replaced ? words.replaced() : words.stored(),
          published.path().toString(),
          replaced ? AuditValues.of("bytes", published.replacedBytes()) : null,
          AuditValues.of("bytes", published.size()));
      return published;
    }

    @Override
    public void close() {
      upload.close();
    }
  }
}
