package org.slipway.web;

import java.util.ArrayList;
import java.util.List;
import org.slipway.storage.VirtualPath;

/** A folder on the way to the one that is shown. */
public record Crumb(String name, String path) {

  /** All of them, without the root. */
  static List<Crumb> of(VirtualPath folder) {
    List<Crumb> crumbs = new ArrayList<>();
    VirtualPath path = VirtualPath.ROOT;
    for (String segment : folder.segments()) {
      path = path.child(segment);
      crumbs.add(new Crumb(segment, path.relative()));
    }
    return crumbs;
  }
}
