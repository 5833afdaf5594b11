package org.slipway.accounts;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slipway.database.JsonColumn;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.FtpSettings.TlsDataSession;

/** An {@link AccessPolicy} as the text of a column. */
final class PolicyText {
  private PolicyText() {}

  /** The members of the JSON object; what is absent is not said. */
  record Content(
      List<Permission> permissions,
      List<Rule> folders,
      List<Channel> channels,
      List<String> allowedNetworks,
      List<String> deniedNetworks,
      Hours hours,
      Long trafficPerDay,
      Long trafficPerMonth,
      FtpTls ftpTls,
      TlsDataSession ftpTlsDataSession,
      NameCharset nameCharset,
      Long bandwidthUp,
      Long bandwidthDown) {}

  record Rule(String path, List<Permission> permissions, List<Channel> channels) {}

  record Hours(String zone, List<Span> spans) {}

  record Span(List<DayOfWeek> days, String from, String to) {}

  static String of(AccessPolicy p) {
    return JsonColumn.withoutNulls(
        new Content(
            // An empty set says "nothing is allowed", which is not "nothing is said".
            p.permissions().map(PolicyText::sorted).orElse(null),
            p.folders().stream()
                .map(r -> new Rule(r.path(), sorted(r.permissions()), sorted(r.channels())))
                .toList(),
            p.channels().map(PolicyText::sorted).orElse(null),
            p.allowedNetworks().stream().map(CidrBlock::toString).toList(),
            p.deniedNetworks().stream().map(CidrBlock::toString).toList(),
            p.hours().map(PolicyText::hours).orElse(null),
            p.trafficPerDay().orElse(null),
            p.trafficPerMonth().orElse(null),
            p.ftp().tls().orElse(null),
            p.ftp().tlsDataSession().orElse(null),
            p.ftp().nameCharset().orElse(null),
            p.bandwidth().up().orElse(null),
            p.bandwidth().down().orElse(null)));
  }

  static AccessPolicy read(String text) {
    Content c = JsonColumn.read(Content.class, text);
    return new AccessPolicy(
        Optional.ofNullable(c.permissions()).map(Set::copyOf),
        list(c.folders()).stream()
            .map(r ->
                new FolderRule(
                    r.path(), Set.copyOf(list(r.permissions())), Set.copyOf(list(r.channels()))))
            .toList(),
        Optional.ofNullable(c.channels()).map(Set::copyOf),
        list(c.allowedNetworks()).stream().map(CidrBlock::parse).toList(),
        list(c.deniedNetworks()).stream().map(CidrBlock::parse).toList(),
        Optional.ofNullable(c.hours()).map(PolicyText::hours),
        Optional.ofNullable(c.trafficPerDay()),
        Optional.ofNullable(c.trafficPerMonth()),
        new FtpRules(
            Optional.ofNullable(c.ftpTls()),
            Optional.ofNullable(c.ftpTlsDataSession()),
            Optional.ofNullable(c.nameCharset())),
        new Bandwidth(
            Optional.ofNullable(c.bandwidthUp()), Optional.ofNullable(c.bandwidthDown())));
  }

  private static Hours hours(AccessHours h) {
    return new Hours(
        h.zone().getId(),
        h.spans().stream()
            .map(s -> new Span(sorted(s.days()), s.from().toString(), s.to().toString()))
            .toList());
  }

  private static AccessHours hours(Hours h) {
    return new AccessHours(
        ZoneId.of(h.zone()),
        list(h.spans()).stream()
            .map(s ->
                new AccessHours.Span(
                    Set.copyOf(s.days()), LocalTime.parse(s.from()), LocalTime.parse(s.to())))
            .toList());
  }

  private static <E extends Enum<E>> List<E> sorted(Collection<E> values) {
    return values.stream().collect(Collectors.toCollection(TreeSet::new)).stream().toList();
  }

  private static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : list;
  }
}
