package org.slipway.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;

/**
 * An area as one account may use it over one channel: each effect is one method, which asks for
 * each permission that it needs, of each path, at the time when it is done.
 *
 * @param files the area itself; whoever goes there directly asks for the permission himself
 * @param onConflict what becomes of an upload whose name exists, where the request does not say
 * @param access throws where a permission is lacking
 */
public record GuardedArea(FileArea files, OnConflict onConflict, Access access) {

  /** What somebody may do in the area. */
  public interface Access {
    /** In the TFTP area whoever may come in may do everything. */
    Access EVERYTHING = (permission, path) -> {};

    /**
     * @throws RefusedException if the account may not
     */
    void require(Permission permission, VirtualPath path);

    /**
     * @param folder whether it is a folder that moves
     * @throws RefusedException if the account may not move it there
     */
    default void requireMove(VirtualPath from, VirtualPath to, boolean folder) {
      require(Permission.RENAME, from);
      require(Permission.RENAME, to);
    }
  }

  public void require(Permission permission, VirtualPath path) {
    access.require(permission, path);
  }

  public boolean allows(Permission permission, VirtualPath path) {
    try {
      access.require(permission, path);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /**
   * What is at a path.
   *
   * @throws RefusedException {@code NO_SUCH_FILE}
   */
  public FileFacts existing(VirtualPath path) {
    return files
        .stat(path)
        .orElseThrow(
            () -> Faults.refused(Kind.NO_SUCH_FILE, "There is no file or folder of this name"));
  }

  /** Everything in a folder, in no order. */
  public List<FileFacts> list(VirtualPath folder) {
    require(Permission.LIST, folder);
    List<FileFacts> entries = new ArrayList<>();
    files.list(folder, entries::add);
    return entries;
  }

  public OpenFile open(VirtualPath file) {
    require(Permission.READ, file);
    return files.open(file);
  }

  public String sha256(VirtualPath file) {
    require(Permission.READ, file);
    return files.sha256(file);
  }

  /** Makes a folder and every missing one above it. */
  public void makeFolder(VirtualPath folder) {
    require(Permission.MAKE_FOLDER, folder);
    if (folder.isRoot()) {
      throw Faults.refused(Kind.ALREADY_EXISTS, "The root exists");
    }
    missingParents(folder).forEach(parent -> require(Permission.MAKE_FOLDER, parent));
    files.makeFolders(folder.parent().orElseThrow());
    files.makeFolder(folder);
  }

  /** Gives a file or folder another name or place. */
  public void rename(VirtualPath from, VirtualPath to) {
    require(Permission.RENAME, from);
    if (from.isRoot() || to.isRoot() || to.startsWith(from)) {
      throw Faults.refused(
          Kind.CONFLICT, "A folder cannot be moved into itself, nor the root at all");
    }
    access.requireMove(from, to, existing(from).folder());
    files.rename(from, to);
  }

  /**
   * Deletes at once.
   *
   * @param recursive whether a folder may have something in it
   */
  public void delete(VirtualPath path, boolean recursive) {
    FileFacts facts = deletable(path);
    if (!facts.folder()) {
      files.deleteFile(path);
    } else if (recursive) {
      files.deleteTree(path);
    } else {
      files.deleteFolder(path);
    }
  }

  /** Moves a file, or a folder with all that is in it, to the trash. */
  public Trash.Entry discard(VirtualPath path) {
    deletable(path);
    return files.trash().discard(path);
  }

  private FileFacts deletable(VirtualPath path) {
    require(Permission.DELETE, path);
    FileFacts facts = existing(path);
    if (path.isRoot()) {
      throw Faults.refused(Kind.CONFLICT, "The root cannot be deleted");
    }
    return facts;
  }

  /** What is in the trash and was where the account may list; the newest first. */
  public List<Trash.Entry> trashed() {
    require(Permission.LIST, VirtualPath.ROOT);
    return files.trash().entries().stream()
        .filter(e -> allows(Permission.LIST, e.path().parent().orElseThrow()))
        .toList();
  }

  /** One thing of the trash. */
  public Trash.Entry trashed(String id) {
    return files
        .trash()
        .find(id)
        .filter(e -> allows(Permission.LIST, e.path().parent().orElseThrow()))
        .orElseThrow(() -> Faults.refused(Kind.NO_SUCH_FILE, "This is not in the trash any more"));
  }

  /** Undoes a deletion, which whoever may delete may do; says where the thing is now. */
  public VirtualPath restore(String id) {
    require(Permission.DELETE, trashed(id).path());
    return files.trash().restore(id);
  }

  /** Deletes something in the trash for good. */
  public void purge(String id) {
    VirtualPath path = trashed(id).path();
    require(Permission.DELETE, path);
    files.trash().delete(id);
  }

  /**
   * Begins an upload.
   *
   * @param wish what the request wants of a name that exists; empty leaves it to the account
   * @throws RefusedException {@code NO_PERMISSION} also for a wish that the account does not have
   */
  public Upload upload(VirtualPath file, Optional<OnConflict> wish, Optional<Long> bytes) {
    OnConflict conflict = requireUpload(file, wish);
    return files.upload(file, conflict, bytes, mayMakeParents(file));
  }

  /**
   * Asks once more what an upload needs, for one that comes in pieces.
   *
   * @return what becomes of a file of this name
   * @throws RefusedException as {@link #upload} does
   */
  public OnConflict requireUpload(VirtualPath file, Optional<OnConflict> wish) {
    require(Permission.WRITE, file);
    Optional<FileFacts> there = files.stat(file);
    if (file.isRoot() || there.filter(FileFacts::folder).isPresent()) {
      throw Faults.refused(Kind.IS_A_FOLDER, "This is a folder");
    }
    return conflict(file, wish, there.isPresent());
  }

  private boolean mayMakeParents(VirtualPath file) {
    return missingParents(file).stream().allMatch(parent -> allows(Permission.MAKE_FOLDER, parent));
  }

  /** The folders above a path that would have to be made. */
  private List<VirtualPath> missingParents(VirtualPath path) {
    List<VirtualPath> missing = new ArrayList<>();
    for (Optional<VirtualPath> f = path.parent();
        f.isPresent() && files.stat(f.get()).isEmpty();
        f = f.get().parent()) {
      missing.add(f.get());
    }
    return missing;
  }

  /** Without the right to overwrite, a name that exists is refused whatever the account prefers. */
  private OnConflict conflict(VirtualPath file, Optional<OnConflict> wish, boolean exists) {
    wish.filter(w -> !conflictChoices().contains(w))
        .ifPresent(w -> {
          throw Faults.refused(
              Kind.NO_PERMISSION,
              "For names that exist the account has %s, not %s".formatted(onConflict, w));
        });
    OnConflict effective = wish.orElse(onConflict);
    if (effective != OnConflict.OVERWRITE) {
      return effective;
    }
    if (exists) {
      require(Permission.OVERWRITE, file);
    }
    return allows(Permission.OVERWRITE, file) ? OnConflict.OVERWRITE : OnConflict.REJECT;
  }

  /** What a request may wish: the account's own way, and whatever destroys less. */
  public List<OnConflict> conflictChoices() {
    return switch (onConflict) {
      case REJECT -> List.of(OnConflict.REJECT);
      case RENAME -> List.of(OnConflict.RENAME, OnConflict.REJECT);
      case OVERWRITE -> List.of(OnConflict.OVERWRITE, OnConflict.RENAME, OnConflict.REJECT);
    };
  }
}
