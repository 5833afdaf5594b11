package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import org.slipway.accounts.AccessExplanation;
import org.slipway.accounts.Account;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.api.model.EffectivePermissionsDocument;
import org.slipway.api.model.EffectivePermissionsDocument.Rule;
import org.slipway.api.model.EffectivePermissionsDocument.Verdict;
import org.slipway.storage.VirtualPath;

/** Access explanations as documents. */
@Singleton
public final class EffectivePermissions {
  private final AccessExplanation explanation;

  @Inject
  public EffectivePermissions(AccessExplanation explanation) {
    this.explanation = explanation;
  }

  EffectivePermissionsDocument explain(
      Account account, String path, String channel, String address) {
    Fields fields = new Fields();
    Channel by = fields.choice("channel", channel, Channel.class, Channel.FTP);
    Optional<InetAddress> from = fields.address("address", address);
    fields.check();
    AccessExplanation.Explanation e =
        explanation.explain(account, by, VirtualPath.parse(path).toString(), from);
    return new EffectivePermissionsDocument(
        account.username(),
        e.path(),
        e.channel().name(),
        from.map(InetAddress::getHostAddress).orElse(null),
        Arrays.stream(Permission.values()).map(p -> verdict(e, p)).toList(),
        e.rules().stream().map(r -> new Rule(r.rule(), r.passed(), r.source(), r.text())).toList());
  }

  private static Verdict verdict(AccessExplanation.Explanation e, Permission permission) {
    Optional<Refusal> refusal = Optional.ofNullable(e.refusals().get(permission));
    return new Verdict(
        permission.name(),
        e.allows(permission),
        refusal.map(r -> r.kind().name()).orElse(null),
        refusal.map(Refusal::detail).orElse(null));
  }
}
