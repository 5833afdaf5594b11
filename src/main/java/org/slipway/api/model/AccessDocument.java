package org.slipway.api.model;

import java.util.List;

/**
 * What an account or a group says about access; what is null is left to the next one that says
 * something: the account, its groups in their order, the portal's default.
 *
 * @param permissions what may be done in the home: of {@code LIST}, {@code READ}, {@code WRITE},
 *     {@code OVERWRITE}, {@code DELETE}, {@code RENAME}, {@code MAKE_FOLDER}
 * @param folders other permissions for some folders; the longest path decides
 * @param channels by which ways the account may come: of {@code WEB}, {@code API}, {@code FTP}
 * @param allowedNetworks such as {@code 10.0.0.0/24}; empty says nothing
 * @param deniedNetworks those of the account and all its groups count
 * @param trafficPerDay bytes in both directions in a day of UTC
 * @param trafficPerMonth bytes in both directions in a month of UTC
 * @param ftpTls {@code OPTIONAL} or {@code REQUIRED}, for logins and data over FTP; null is as
 *     {@code slipway.ftp.tls} says. TLS comes before the name, so that no account can be without
 * @param ftpTlsDataSession {@code REQUIRE}, {@code WARN} or {@code OFF}; null is as {@code
 *     slipway.ftp.tls.data-session} says
 * @param nameCharset of FTP sessions: {@code UTF_8}, the default, or {@code GB18030}
 * @param bandwidthUp bytes per second of all uploads together, over every channel
 * @param bandwidthDown the same of all downloads
 */
public record AccessDocument(
    List<String> permissions,
    List<FolderRule> folders,
    List<String> channels,
    List<String> allowedNetworks,
    List<String> deniedNetworks,
    Hours hours,
    Long trafficPerDay,
    Long trafficPerMonth,
    String ftpTls,
    String ftpTlsDataSession,
    String nameCharset,
    Long bandwidthUp,
    Long bandwidthDown) {

  /**
   * What may be done in one folder and below.
   *
   * @param channels by which ways it counts; empty is by every way
   */
  public record FolderRule(String path, List<String> permissions, List<String> channels) {}

  /**
   * When the account may come.
   *
   * @param zone such as {@code Europe/Berlin}; null is UTC
   */
  public record Hours(String zone, List<Span> spans) {}

  /**
   * A span of local time, such as {@code 08:00} to {@code 18:00}.
   *
   * @param days of {@code MONDAY} to {@code SUNDAY}; null is every day
   * @param to not included; at or before {@code from} it is that time of the next day
   */
  public record Span(List<String> days, String from, String to) {}
}
