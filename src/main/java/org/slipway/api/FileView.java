package org.slipway.api;

import jakarta.ws.rs.QueryParam;
import java.util.List;

/** In which form a file or folder is asked for. */
public class FileView {
  @QueryParam("zip")
  private List<String> zip;

  @QueryParam("preview")
  private String preview;

  @QueryParam("sha256")
  private String sha256;

  /** The forms that there are. */
  enum Kind {
    CONTENT,
    ZIP,
    PREVIEW,
    SHA256
  }

  Kind kind() {
    if (zip != null && !zip.isEmpty()) {
      return Kind.ZIP;
    }
    if (preview != null) {
      return Kind.PREVIEW;
    }
    return sha256 != null ? Kind.SHA256 : Kind.CONTENT;
  }

  /** The names in the folder that go into the archive; none is all. */
  List<String> names() {
    return zip.stream().filter(name -> !name.isEmpty()).distinct().toList();
  }
}
