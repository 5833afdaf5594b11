package org.slipway.api;

import java.util.Optional;
import java.util.OptionalInt;
import org.slipway.api.model.NamePreviewDocument;
import org.slipway.api.model.RemapRuleDocument;
import org.slipway.bootfiles.RemapRule;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.NamePreview;

/** Remap rules and what they come to as documents, and back. */
final class RemapRuleDocuments {
  private RemapRuleDocuments() {}

  static RemapRuleDocument of(RemapRule r) {
    return new RemapRuleDocument(
        r.name(),
        r.position(),
        r.pattern(),
        r.network().orElse(null),
        r.device().orElse(null),
        r.architecture().isPresent() ? r.architecture().getAsInt() : null,
        r.action().name(),
        r.target(),
        r.proceed(),
        r.unlessExists(),
        r.enabled());
  }

  static RemapRule read(String name, RemapRuleDocument wanted) {
    Fields fields = new Fields();
    if (wanted.name() != null && !wanted.name().equals(name)) {
      fields.bad("name", "name.differs", "The body names another rule than the path");
    }
    Optional<String> device = Fields.optional(wanted.device());
    Optional<HardwareAddress> mac = device.flatMap(HardwareAddress::parse);
    if (device.isPresent() && mac.isEmpty()) {
      fields.bad(
          "device",
          "hardwareAddress.pattern",
          "A hardware address such as 52:54:00:12:34:56 is needed");
    }
    if (wanted.position() != null && wanted.position() < 1) {
      fields.bad("position", "position.low", "Places are counted from 1");
    }
    RemapRule.Action action =
        fields.choice("action", wanted.action(), RemapRule.Action.class, RemapRule.Action.REWRITE);
    String pattern = fields.needed("pattern", wanted.pattern());
    fields.check();
    return new RemapRule(
        name,
        0,
        pattern,
        Fields.optional(wanted.network()),
        mac.map(HardwareAddress::text),
        wanted.architecture() == null ? OptionalInt.empty() : OptionalInt.of(wanted.architecture()),
        action,
        Fields.optional(wanted.target()).orElse(""),
        Boolean.TRUE.equals(wanted.proceed()),
        Boolean.TRUE.equals(wanted.unlessExists()),
        !Boolean.FALSE.equals(wanted.enabled()),
        0);
  }

  static NamePreviewDocument of(NamePreview.Preview p) {
    return new NamePreviewDocument(
        p.name(),
        p.device().map(HardwareAddress::text).orElse(null),
        p.path().orElse(null),
        p.exists(),
        p.size(),
        p.template(),
        p.text().orElse(null),
        p.truncated(),
        p.refusal()
            .map(r -> new NamePreviewDocument.Refusal(r.kind().name(), r.detail()))
            .orElse(null),
        p.rules().stream()
            .map(r -> new NamePreviewDocument.Rule(r.rule(), r.matched(), r.text()))
            .toList());
  }
}
