package org.slipway.storage;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger;

/**
 * A root folder and everything in it, addressed by virtual paths: the only opener of files. No call
 * ever follows a symbolic link or leaves the root.
 *
 * <p>Every call throws {@link org.slipway.accounts.RefusedException} where policy or the state of
 * the files says no ({@code NO_SUCH_FILE}, {@code NOT_A_FOLDER}, {@code IS_A_FOLDER}, {@code
 * ALREADY_EXISTS}, {@code FOLDER_NOT_EMPTY}, {@code OVER_QUOTA}, {@code DISK_FULL}) and {@link
 * java.io.UncheckedIOException} for a fault of ours.
 */
public interface FileArea {

  /** What is at the path; empty if nothing is. */
  Optional<FileFacts> stat(VirtualPath path);

  /** Hands over each entry of a folder, in no order, without holding them all. */
  void list(VirtualPath folder, Consumer<FileFacts> entries);

  /** Opens a file for reading. */
  OpenFile open(VirtualPath file);

  /**
   * Begins an upload of one file.
   *
   * @param onConflict what to do if the name exists when the upload is published; {@code REJECT}
   *     refuses at once where it exists already
   * @param expectedBytes checked against the quota before any byte, where known
   * @param makeParents whether missing folders on the way are made when it is published
   */
  Upload upload(
      VirtualPath file, OnConflict onConflict, Optional<Long> expectedBytes, boolean makeParents);

  /** Makes one folder; its parent must exist. */
  void makeFolder(VirtualPath folder);

  /** Makes a folder and every missing one above it. */
  void makeFolders(VirtualPath folder);

  void deleteFile(VirtualPath file);

  /** Deletes an empty folder. */
  void deleteFolder(VirtualPath folder);

  /** Deletes a file, or a folder with all that is in it. */
  void deleteTree(VirtualPath path);

  /** Gives a file or folder another name or place; the new one must not exist. */
  void rename(VirtualPath from, VirtualPath to);

  /** Sets the time of a file's last change. */
  void setModified(VirtualPath file, Instant time);

  /** What its owner stores and may store; empty where nothing is counted. */
  Optional<QuotaLedger.Usage> usage(VirtualPath folder);

  /** How many bytes can still be stored in a folder: what the quota leaves, if the disk has it. */
  long free(VirtualPath folder);

  /** What was deleted and can be had back. */
  Trash trash();

  /** SHA-256 of a whole file in lower-case hex; remembered until the file changes. */
  String sha256(VirtualPath file);
}
