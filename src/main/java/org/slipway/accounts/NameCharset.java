package org.slipway.accounts;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** In which bytes an account's FTP client writes the names of files, and reads them. */
public enum NameCharset {
  UTF_8(StandardCharsets.UTF_8),

  /** That of Chinese Windows: GBK, and the rest of Unicode in four bytes. */
  GB18030(Charset.forName("GB18030"));

  private final Charset charset;

  NameCharset(Charset charset) {
    this.charset = charset;
  }

  public Charset charset() {
    return charset;
  }
}
