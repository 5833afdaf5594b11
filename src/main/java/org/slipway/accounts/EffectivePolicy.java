package org.slipway.accounts;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.FtpSettings;
import org.slipway.settings.FtpSettings.Tls;
import org.slipway.settings.FtpSettings.TlsDataSession;
import org.slipway.settings.Setting;

/**
 * What holds for an account in the end: what it says itself, else what the first of its groups says
 * that says anything, else the portal's default. Each part knows who said it.
 */
public final class EffectivePolicy {
  private static final String ACCOUNT = "the account";
  private static final String DEFAULT = "the default";

  /** Who may say something, the strongest first. */
  private record Voice(String name, AccessPolicy policy) {}

  /**
   * A value and who said it.
   *
   * @param source {@code the account}, {@code group NAME}, {@code the default} or the name of a
   *     setting
   */
  public record Said<T>(T value, String source) {}

  /** A shared folder as one account finds it. */
  public record Mount(SharedFolder folder, Set<Permission> permissions) {
    /** Where it is in the account's home. */
    public String path() {
      return "/" + folder.name();
    }
  }

  private final List<Voice> voices = new ArrayList<>();
  private final List<Mount> mounts;

  EffectivePolicy(Account account, List<Group> groups, List<Mount> mounts) {
    voices.add(new Voice(ACCOUNT, account.policy()));
    groups.forEach(g -> voices.add(new Voice("group " + g.name(), g.policy())));
    this.mounts = List.copyOf(mounts);
  }

  /** The shared folders that stand in the account's home. */
  public List<Mount> mounts() {
    return mounts;
  }

  public Said<Set<Permission>> permissions() {
    return said(AccessPolicy::permissions, Set.of(Permission.values()));
  }

  public Said<Set<Channel>> channels() {
    return said(AccessPolicy::channels, Set.of(Channel.values()));
  }

  public Optional<Said<AccessHours>> hours() {
    return first(AccessPolicy::hours);
  }

  public Optional<Said<Long>> trafficPerDay() {
    return first(AccessPolicy::trafficPerDay);
  }

  public Optional<Said<Long>> trafficPerMonth() {
    return first(AccessPolicy::trafficPerMonth);
  }

  /** How fast it may move in a direction; empty is as fast as can be. */
  public Optional<Said<Long>> bandwidth(Bandwidth.Direction direction) {
    return first(p -> p.bandwidth().of(direction));
  }

  /**
   * @param portal what {@code slipway.ftp.tls} says
   */
  public Said<FtpTls> ftpTls(Tls portal) {
    return first(p -> p.ftp().tls())
        .orElseGet(() ->
            new Said<>(
                portal == Tls.REQUIRED ? FtpTls.REQUIRED : FtpTls.OPTIONAL,
                setting(FtpSettings.TLS)));
  }

  /**
   * @param portal what {@code slipway.ftp.tls.data-session} says
   */
  public Said<TlsDataSession> tlsDataSession(TlsDataSession portal) {
    return first(p -> p.ftp().tlsDataSession())
        .orElseGet(() -> new Said<>(portal, setting(FtpSettings.TLS_DATA_SESSION)));
  }

  public Said<NameCharset> nameCharset() {
    return said(p -> p.ftp().nameCharset(), NameCharset.UTF_8);
  }

  private static String setting(Setting<?> setting) {
    return "the setting " + setting.name();
  }

  public Optional<Said<List<CidrBlock>>> allowedNetworks() {
    return first(p -> Optional.of(p.allowedNetworks()).filter(list -> !list.isEmpty()));
  }

  /** The block that denies an address, if one does. */
  public Optional<Said<CidrBlock>> denying(InetAddress address) {
    return voices.stream()
        .flatMap(v ->
            v.policy().deniedNetworks().stream()
                .filter(b -> b.contains(address))
                .map(b -> new Said<>(b, v.name())))
        .findFirst();
  }

  /** Why the account may not come in by this way, from there, at this time; empty if it may. */
  public Optional<Refusal> entryRefusal(Channel channel, InetAddress address, Instant now) {
    return channelRefusal(channel).or(() -> addressRefusal(address)).or(() -> hoursRefusal(now));
  }

  Optional<Refusal> channelRefusal(Channel channel) {
    return channels().value().contains(channel)
        ? Optional.empty()
        : refusal(
            Refusal.Kind.CHANNEL_NOT_ALLOWED, "The account may not come by " + channel, channels());
  }

  Optional<Refusal> addressRefusal(InetAddress address) {
    Optional<? extends Said<?>> because =
        denying(address).isPresent()
            ? denying(address)
            : allowedNetworks().filter(a -> a.value().stream().noneMatch(b -> b.contains(address)));
    return because.flatMap(said ->
        refusal(
            Refusal.Kind.ADDRESS_NOT_ALLOWED, "The account may not come from this address", said));
  }

  Optional<Refusal> hoursRefusal(Instant now) {
    return hours()
        .filter(h -> !h.value().contain(now))
        .flatMap(said ->
            refusal(Refusal.Kind.OUTSIDE_HOURS, "The account may not come at this time", said));
  }

  private static Optional<Refusal> refusal(Refusal.Kind kind, String text, Said<?> because) {
    return Optional.of(Refusal.of(kind, text + " (says " + because.source() + ")"));
  }

  /** The shared folder that a path is in or is. */
  public Optional<Mount> mountOf(String path) {
    return mounts.stream().filter(m -> FolderRule.isWithin(path, m.path())).findFirst();
  }

  /**
   * What may be done at a path, and who says so. In a shared folder that is what its member may do,
   * narrowed by a folder rule of the account or its groups at or below it.
   */
  public Said<Set<Permission>> permissionsAt(Channel channel, String path) {
    Optional<Mount> mount = mountOf(path);
    Optional<Said<FolderRule>> rule = ruleAt(channel, path, mount.map(Mount::path).orElse("/"));
    if (mount.isEmpty()) {
      return rule.map(r -> new Said<>(r.value().permissions(), folderRule(r)))
          .orElseGet(this::permissions);
    }
    String shared = "the shared folder " + mount.get().folder().name();
    if (rule.isEmpty()) {
      return new Said<>(mount.get().permissions(), shared);
    }
    Set<Permission> both = EnumSet.noneOf(Permission.class);
    both.addAll(mount.get().permissions());
    both.retainAll(rule.get().value().permissions());
    return new Said<>(both, shared + " and " + folderRule(rule.get()));
  }

  private static String folderRule(Said<FolderRule> rule) {
    return "the rule for " + rule.value().path() + " of " + rule.source();
  }

  /** The rule with the longest path that covers one; of two alike the stronger voice's. */
  private Optional<Said<FolderRule>> ruleAt(Channel channel, String path, String within) {
    return rules(channel)
        .filter(r -> r.value().covers(path) && FolderRule.isWithin(r.value().path(), within))
        .reduce((a, b) -> b.value().path().length() > a.value().path().length() ? b : a);
  }

  private Stream<Said<FolderRule>> rules(Channel channel) {
    return voices.stream()
        .flatMap(v ->
            v.policy().folders().stream()
                .filter(r -> r.countsOn(channel))
                .map(r -> new Said<>(r, v.name())));
  }

  /**
   * The paths below one at which something else may hold: whoever moves or deletes the folder moves
   * or deletes these too.
   */
  public List<String> differingBelow(Channel channel, String path) {
    return Stream.concat(
            rules(channel).map(r -> r.value().path()), mounts.stream().map(Mount::path))
        .filter(p -> !p.equals(path) && FolderRule.isWithin(p, path))
        .distinct()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private <T> Said<T> said(Function<AccessPolicy, Optional<T>> part, T otherwise) {
    return first(part).orElseGet(() -> new Said<>(otherwise, DEFAULT));
  }

  private <T> Optional<Said<T>> first(Function<AccessPolicy, Optional<T>> part) {
    return voices.stream()
        .flatMap(v -> part.apply(v.policy()).map(value -> new Said<>(value, v.name())).stream())
        .findFirst();
  }
}
