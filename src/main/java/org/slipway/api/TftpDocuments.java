package org.slipway.api;

import java.util.Optional;
import org.slipway.api.model.TftpDocument;
import org.slipway.leases.TftpRules;
import org.slipway.storage.VirtualPath;

/** The rules for TFTP of devices and networks as documents, and back. */
final class TftpDocuments {
  private TftpDocuments() {}

  /** Null where nothing is said. */
  static TftpDocument of(TftpRules rules) {
    return rules.equals(TftpRules.NONE)
        ? null
        : new TftpDocument(
            rules.maxBlksize().orElse(null),
            rules.maxWindowsize().orElse(null),
            rules.options().orElse(null),
            rules.rollover().orElse(null),
            rules.write().map(Enum::name).orElse(null),
            rules.uploadFolder().map(VirtualPath::toString).orElse(null));
  }

  static TftpRules read(Fields fields, TftpDocument wanted) {
    if (wanted == null) {
      return TftpRules.NONE;
    }
    String folder =
        wanted.uploadFolder() == null
            ? ""
            : fields.folder("tftp.uploadFolder", wanted.uploadFolder());
    return new TftpRules(
        Optional.ofNullable(wanted.maxBlksize()),
        Optional.ofNullable(wanted.maxWindowsize()),
        Optional.ofNullable(wanted.options()),
        Optional.ofNullable(wanted.rollover()),
        Optional.ofNullable(
            fields.choice("tftp.write", wanted.write(), TftpRules.WriteGrant.class, null)),
        Optional.of(folder).filter(VirtualPath::isCanonical).map(VirtualPath::parse));
  }
}
