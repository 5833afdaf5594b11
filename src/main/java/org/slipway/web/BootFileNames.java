package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slipway.storage.FileArea;
import org.slipway.storage.FileAreas;
import org.slipway.storage.VirtualPath;

/** Paths of files to choose from: all of an area, up to a bound. */
@Singleton
public final class BootFileNames {
  private static final int MOST = 2000;

  private final FileAreas areas;

  @Inject
  public BootFileNames(FileAreas areas) {
    this.areas = areas;
  }

  /** The paths of all boot files, without a leading slash, in order. */
  public List<String> all() {
    return of(areas.bootFiles());
  }

  static List<String> of(FileArea area) {
    return below(area, VirtualPath.ROOT);
  }

  static List<String> below(FileArea area, VirtualPath root) {
    List<String> found = new ArrayList<>();
    Deque<VirtualPath> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty() && found.size() < MOST) {
      VirtualPath folder = folders.removeFirst();
      area.list(
          folder,
          entry -> {
            VirtualPath path = folder.child(entry.name());
            if (entry.folder()) {
              folders.addLast(path);
            } else if (found.size() < MOST) {
              found.add(path.relative());
            }
          });
    }
    return found.stream().sorted().toList();
  }
}
