package org.slipway.api;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slipway.accounts.AccessHours;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.Channel;
import org.slipway.accounts.FolderRule;
import org.slipway.accounts.FtpRules;
import org.slipway.accounts.FtpTls;
import org.slipway.accounts.NameCharset;
import org.slipway.accounts.Permission;
import org.slipway.api.model.AccessDocument;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.FtpSettings.TlsDataSession;

/** Access policies as documents, and back. */
final class AccessDocuments {
  private AccessDocuments() {}

  static AccessDocument of(AccessPolicy p) {
    return new AccessDocument(
        p.permissions().map(AccessDocuments::names).orElse(null),
        p.folders().stream()
            .map(r ->
                new AccessDocument.FolderRule(
                    r.path(), names(r.permissions()), names(r.channels())))
            .toList(),
        p.channels().map(AccessDocuments::names).orElse(null),
        p.allowedNetworks().stream().map(CidrBlock::toString).toList(),
        p.deniedNetworks().stream().map(CidrBlock::toString).toList(),
        p.hours().map(AccessDocuments::hours).orElse(null),
        p.trafficPerDay().orElse(null),
        p.trafficPerMonth().orElse(null),
        p.ftp().tls().map(Enum::name).orElse(null),
        p.ftp().tlsDataSession().map(Enum::name).orElse(null),
        p.ftp().nameCharset().map(Enum::name).orElse(null),
        p.bandwidth().up().orElse(null),
        p.bandwidth().down().orElse(null));
  }

  /**
   * The policy that a document says; null says nothing.
   *
   * @param prefix of the names of its fields
   */
  static AccessPolicy read(Fields fields, String prefix, AccessDocument d) {
    if (d == null) {
      return AccessPolicy.EMPTY;
    }
    return new AccessPolicy(
        optionalSet(fields, prefix + "permissions", d.permissions(), Permission.class),
        folders(fields, prefix + "folders", Fields.list(d.folders())),
        optionalSet(fields, prefix + "channels", d.channels(), Channel.class),
        networks(fields, prefix + "allowedNetworks", d.allowedNetworks()),
        networks(fields, prefix + "deniedNetworks", d.deniedNetworks()),
        Optional.ofNullable(d.hours()).map(h -> hours(fields, prefix + "hours", h)),
        Optional.ofNullable(d.trafficPerDay()),
        Optional.ofNullable(d.trafficPerMonth()),
        new FtpRules(
            choice(fields, prefix + "ftpTls", d.ftpTls(), FtpTls.class),
            choice(
                fields, prefix + "ftpTlsDataSession", d.ftpTlsDataSession(), TlsDataSession.class),
            choice(fields, prefix + "nameCharset", d.nameCharset(), NameCharset.class)),
        new Bandwidth(
            Optional.ofNullable(d.bandwidthUp()), Optional.ofNullable(d.bandwidthDown())));
  }

  private static <E extends Enum<E>> Optional<Set<E>> optionalSet(
      Fields fields, String name, List<String> texts, Class<E> type) {
    return Optional.ofNullable(texts).map(t -> fields.choices(name, t, type, Set.of()));
  }

  private static <E extends Enum<E>> Optional<E> choice(
      Fields fields, String name, String text, Class<E> type) {
    return Optional.ofNullable(fields.choice(name, text, type, null));
  }

  private static List<FolderRule> folders(
      Fields fields, String name, List<AccessDocument.FolderRule> given) {
    List<FolderRule> result = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      AccessDocument.FolderRule rule = given.get(i);
      String at = name + "[" + i + "]";
      if (rule == null) {
        fields.bad(at, "needed", "A value is needed");
        continue;
      }
      result.add(
          new FolderRule(
              fields.needed(at + ".path", rule.path()),
              fields.choices(
                  at + ".permissions", Fields.list(rule.permissions()), Permission.class, Set.of()),
              fields.choices(
                  at + ".channels", Fields.list(rule.channels()), Channel.class, Set.of())));
    }
    return result;
  }

  private static List<CidrBlock> networks(Fields fields, String name, List<String> texts) {
    List<CidrBlock> result = new ArrayList<>();
    List<String> given = Fields.list(texts);
    for (int i = 0; i < given.size(); i++) {
      String at = name + "[" + i + "]";
      fields.subnet(at, fields.needed(at, given.get(i))).ifPresent(result::add);
    }
    return result;
  }

  private static AccessDocument.Hours hours(AccessHours h) {
    return new AccessDocument.Hours(
        h.zone().getId(),
        h.spans().stream()
            .map(s ->
                new AccessDocument.Span(names(s.days()), s.from().toString(), s.to().toString()))
            .toList());
  }

  private static AccessHours hours(Fields fields, String name, AccessDocument.Hours given) {
    ZoneId zone =
        given.zone() == null
            ? ZoneOffset.UTC
            : parsed(fields, name + ".zone", given.zone(), ZoneId::of, ZoneOffset.UTC);
    List<AccessHours.Span> spans = new ArrayList<>();
    List<AccessDocument.Span> wanted = Fields.list(given.spans());
    for (int i = 0; i < wanted.size(); i++) {
      String at = name + ".spans[" + i + "]";
      AccessDocument.Span span = wanted.get(i);
      if (span == null) {
        fields.bad(at, "needed", "A value is needed");
        continue;
      }
      spans.add(
          new AccessHours.Span(
              fields.choices(
                  at + ".days", span.days(), DayOfWeek.class, EnumSet.allOf(DayOfWeek.class)),
              time(fields, at + ".from", span.from()),
              time(fields, at + ".to", span.to())));
    }
    return new AccessHours(zone, spans);
  }

  private static LocalTime time(Fields fields, String name, String text) {
    String given = fields.needed(name, text);
    return given.isEmpty()
        ? LocalTime.MIN
        : parsed(fields, name, given, LocalTime::parse, LocalTime.MIN);
  }

  private static <T> T parsed(
      Fields fields, String name, String text, Function<String, ? extends T> reader, T otherwise) {
    try {
      return reader.apply(text);
    } catch (DateTimeParseException e) {
      fields.bad(name, "time", "A time such as 08:00 is needed");
    } catch (DateTimeException e) {
      fields.bad(name, "zone", "A time zone such as Europe/Berlin is needed");
    }
    return otherwise;
  }

  private static List<String> names(Collection<? extends Enum<?>> values) {
    return new TreeSet<>(values).stream().map(Enum::name).toList();
  }
}
