package org.slipway.api;

import java.util.Optional;
import java.util.function.Predicate;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.VirtualPath;

/**
 * A file area as one caller may use it.
 *
 * @param templates which of its files are rendered for each device; empty where none can be
 * @param root where its files stand in the API, such as {@code /api/v1/files}
 */
record CallerArea(
    GuardedArea files, String root, Caller caller, Optional<Predicate<VirtualPath>> templates) {

  /** The files of a home: they are as they are. */
  CallerArea(GuardedArea files, String root, Caller caller) {
    this(files, root, caller, Optional.empty());
  }

  /** Null where files are no boot files. */
  Boolean isTemplate(VirtualPath path) {
    return templates.map(t -> t.test(path)).orElse(null);
  }
}
