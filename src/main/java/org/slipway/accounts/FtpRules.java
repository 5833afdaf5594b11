package org.slipway.accounts;

import java.util.Optional;
import org.slipway.settings.FtpSettings.TlsDataSession;

/**
 * The part of an {@link AccessPolicy} that is about FTP.
 *
 * @param tls empty: as {@code slipway.ftp.tls} says
 * @param tlsDataSession empty: as {@code slipway.ftp.tls.data-session} says
 */
public record FtpRules(
    Optional<FtpTls> tls,
    Optional<TlsDataSession> tlsDataSession,
    Optional<NameCharset> nameCharset) {

  /** Says nothing. */
  public static final FtpRules EMPTY =
      new FtpRules(Optional.empty(), Optional.empty(), Optional.empty());
}
