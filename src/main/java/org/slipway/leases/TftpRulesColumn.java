package org.slipway.leases;

import java.util.Optional;
import org.slipway.database.JsonColumn;
import org.slipway.storage.VirtualPath;

/** {@link TftpRules} as a column holds them: null is what is not said. */
public record TftpRulesColumn(
    Integer maxBlksize,
    Integer maxWindowsize,
    Boolean options,
    Integer rollover,
    TftpRules.WriteGrant write,
    String uploadFolder) {

  static TftpRulesColumn of(TftpRules rules) {
    return new TftpRulesColumn(
        rules.maxBlksize().orElse(null),
        rules.maxWindowsize().orElse(null),
        rules.options().orElse(null),
        rules.rollover().orElse(null),
        rules.write().orElse(null),
        rules.uploadFolder().map(VirtualPath::toString).orElse(null));
  }

  TftpRules rules() {
    return new TftpRules(
        Optional.ofNullable(maxBlksize),
        Optional.ofNullable(maxWindowsize),
        Optional.ofNullable(options),
        Optional.ofNullable(rollover),
        Optional.ofNullable(write),
        Optional.ofNullable(uploadFolder).map(VirtualPath::parse));
  }

  /** The text of a column; null where nothing is said. */
  public static String write(TftpRules rules) {
    return rules.equals(TftpRules.NONE) ? null : JsonColumn.withoutNulls(of(rules));
  }

  /** Reads what {@link #write} wrote. */
  public static TftpRules read(String text) {
    return text == null ? TftpRules.NONE : JsonColumn.read(TftpRulesColumn.class, text).rules();
  }
}
