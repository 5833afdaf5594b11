package org.slipway.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where things go that may be had back. It is a hidden part of its area: no client can name it, and
 * what is in it goes on counting.
 *
 * <p>Throws like {@link FileArea}; {@code NO_SUCH_FILE} for an id that is not in the trash.
 */
public interface Trash {

  /**
   * Something that was deleted.
   *
   * @param id names it in this trash
   * @param path where it was
   * @param facts as it is now
   */
  record Entry(String id, VirtualPath path, FileFacts facts, Instant deleted) {}

  /** Moves a file, or a folder with all that is in it, here. */
  Entry discard(VirtualPath path);

  /** What is in it, the newest first. */
  List<Entry> entries();

  /** One thing of it; empty for an id that is none, or not any more. */
  Optional<Entry> find(String id);

  /**
   * Moves something back to where it was; under the name {@code name.new} if its own is taken.
   *
   * @return where it is now
   */
  VirtualPath restore(String id);

  /** Deletes something for good. */
  void delete(String id);

  /**
   * Deletes for good what was put here before an instant.
   *
   * @return how many things that were
   */
  int deleteBefore(Instant instant);
}
