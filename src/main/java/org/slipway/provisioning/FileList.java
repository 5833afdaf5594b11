package org.slipway.provisioning;

import java.nio.charset.StandardCharsets;

/** The text files rendered from a manifest: the list and its checksums, UTF-8 with LF. */
public final class FileList {
  private FileList() {}

  /** {@code key: filename} lines under a heading that names manifest and version. */
  public static byte[] list(Manifest m) {
    StringBuilder text = new StringBuilder();
    text.append("# slipway manifest %s version %d\n".formatted(m.name(), m.version()));
    m.files().forEach(f -> text.append(f.key()).append(": ").append(f.path()).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * {@code checksum filename} lines as sha256sum writes them; files without a checksum are left
   * out.
   */
  public static byte[] checksums(Manifest m) {
    StringBuilder text = new StringBuilder();
    m.files()
        .forEach(f ->
            f.sha256().ifPresent(s -> text.append(s).append("  ").append(f.path()).append('\n')));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
