package org.slipway.web;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.FileFacts;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.VirtualPath;

/** The dialog in which one walks to the folder that things are moved to. */
public class MoveTarget implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 500;

  private String path = "";
  private Set<String> moved = Set.of();

  /** Read when the reader goes to another folder; null until then. Nothing before it is opened. */
  private List<String> folders = List.of();

  void begin(VirtualPath folder, List<VirtualPath> things) {
    path = folder.relative();
    moved = Set.copyOf(things.stream().map(VirtualPath::relative).toList());
    folders = null;
  }

  VirtualPath here() {
    return VirtualPath.parse(path);
  }

  /** The folders in it, without those that are moved themselves. */
  List<String> folders(GuardedArea home) {
    if (folders == null) {
      folders = read(home);
    }
    return folders;
  }

  private List<String> read(GuardedArea home) {
    try {
      return home.list(here()).stream()
          .filter(FileFacts::folder)
          .map(FileFacts::name)
          .filter(name -> !moved.contains(here().child(name).relative()))
          .sorted(String.CASE_INSENSITIVE_ORDER)
          .limit(MOST)
          .toList();
    } catch (RefusedException e) {
      return List.of();
    }
  }

  public List<Crumb> getCrumbs() {
    return Crumb.of(here());
  }

  public void enter(String name) {
    path = here().child(name).relative();
    folders = null;
  }

  public void go(String folder) {
    path = VirtualPath.parse(folder).relative();
    folders = null;
  }
}
