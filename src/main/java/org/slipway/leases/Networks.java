package org.slipway.leases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Violation;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.SettingText;

/** All networks: read from memory, changed in the database. */
@Singleton
public final class Networks {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Changes changes;
  private final AuditTrail audit;
  private final Snapshot<String, Network> snapshot;

  @Inject
  public Networks(Jdbi jdbi, Changes changes, AuditTrail audit) {
    this.changes = changes;
    this.audit = audit;
    this.snapshot =
        new Snapshot<>(jdbi, changes, Topic.NETWORKS, Networks::newerThan, Network::name, n -> n);
  }

  public Optional<Network> find(String name) {
    return Optional.ofNullable(snapshot.rows().get(name));
  }

  public Collection<Network> all() {
    return snapshot.rows().values();
  }

  /** The network of an address: the one with the longest prefix. */
  public Optional<Network> of(InetAddress address) {
    return snapshot.rows().values().stream()
        .filter(n -> n.subnet().contains(address))
        .max(Comparator.comparingInt(n -> n.subnet().prefix()));
  }

  /**
   * Stores a network under its name, new or changed.
   *
   * @throws RefusedException {@code CONFLICT} if another network has the subnet
   */
  public Network put(Network network, OptionalLong expectedRevision, Who who) {
    check(network);
    Optional<Network> before =
        changes.make(
            Topic.NETWORKS,
            (h, revision) -> {
              Optional<Network> old = find(h, network.name());
              requireRevision(old, expectedRevision);
              requireFreeSubnet(h, network);
              h.execute("DELETE FROM network WHERE name = ?", network.name());
              h.execute(
                  "INSERT INTO network (name, subnet, content, revision) VALUES (?, ?, ?, ?)",
                  network.name(),
                  network.subnet().toString(),
                  json(network),
                  revision);
              Changes.forgetDeleted(h, Topic.NETWORKS, network.name());
              return old;
            });
    audit.done(
        who,
        before.isPresent() ? AuditAction.NETWORK_CHANGED : AuditAction.NETWORK_ADDED,
        network.name(),
        before.map(Networks::described).orElse(null),
        described(network));
    return find(network.name()).orElse(network);
  }

  public void delete(String name, OptionalLong expectedRevision, Who who) {
    Network gone =
        changes.make(
            Topic.NETWORKS,
            (h, revision) -> {
              Optional<Network> old = find(h, name);
              if (old.isEmpty()) {
                throw new RefusedException(
                    Refusal.Kind.NO_SUCH_THING, "There is no network " + name);
              }
              requireRevision(old, expectedRevision);
              h.execute("DELETE FROM network WHERE name = ?", name);
              Changes.rowDeleted(h, Topic.NETWORKS, name, revision);
              return old.get();
            });
    audit.done(who, AuditAction.NETWORK_DELETED, name, described(gone), null);
  }

  private static void check(Network n) {
    List<Violation> violations = new ArrayList<>();
    if (!n.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      violations.add(
          new Violation(
              "name", "network.name", "1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit"));
    }
    n.router()
        .filter(r -> !n.subnet().contains(r))
        .ifPresent(r ->
            violations.add(
                new Violation("router", "router.outside", "The router is not in the subnet")));
    for (int i = 0; i < n.pools().size(); i++) {
      Network.Pool pool = n.pools().get(i);
      if (!n.subnet().contains(pool.first()) || !n.subnet().contains(pool.last())) {
        violations.add(
            new Violation("pools[" + i + "]", "pool.outside", "The pool is not in the subnet"));
      } else if (!pool.isOrdered() || pool.isTooLarge()) {
        violations.add(
            new Violation(
                "pools[" + i + "]",
                "pool.order",
                "A pool goes from its first address to its last, at most 1048576 of them"));
      }
    }
    if (n.domain().orElse("").length() > 200
        || n.domain().orElse("").chars().anyMatch(c -> c <= ' ' || c > '~')) {
      violations.add(
          new Violation("domain", "domain.pattern", "A domain name of at most 200 characters"));
    }
    checkVariables(n.variables(), violations);
    violations.addAll(n.tftp().violations("tftp."));
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  private static void checkVariables(Map<String, String> variables, List<Violation> violations) {
    int size =
        variables.entrySet().stream()
            .mapToInt(e -> e.getKey().length() + e.getValue().length())
            .sum();
    boolean badKey = variables.keySet().stream().anyMatch(k -> !k.matches("[A-Za-z0-9._-]{1,64}"));
    if (badKey || variables.size() > 200 || size > 9_000) {
      violations.add(
          new Violation(
              "variables",
              "map.bad",
              "At most 200 entries and 9000 characters; names of 1 to 64 of A-Z a-z 0-9 . _ -"));
    }
  }

  private static void requireRevision(Optional<Network> old, OptionalLong expected) {
    if (expected.isPresent() && old.map(Network::revision).orElse(-1L) != expected.getAsLong()) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The network was changed meanwhile; read it again");
    }
  }

  private static void requireFreeSubnet(Handle h, Network network) {
    h.createQuery("SELECT name FROM network WHERE subnet = :subnet AND name <> :name")
        .bind("subnet", network.subnet().toString())
        .bind("name", network.name())
        .mapTo(String.class)
        .findOne()
        .ifPresent(other -> {
          throw new RefusedException(
              Refusal.Kind.CONFLICT,
              "The subnet %s belongs to network %s".formatted(network.subnet(), other));
        });
  }

  private static List<Network> newerThan(Handle handle, long revision) {
    return handle
        .createQuery("SELECT * FROM network WHERE revision > :revision")
        .bind("revision", revision)
        .map((r, c) -> read(r))
        .list();
  }

  private static Optional<Network> find(Handle handle, String name) {
    return handle
        .createQuery("SELECT * FROM network WHERE name = :name")
        .bind("name", name)
        .map((r, c) -> read(r))
        .findOne();
  }

  /** What a row holds beside its columns; addresses as text. */
  private record Content(
      String serverAddress,
      String router,
      List<String> dnsServers,
      List<String> ntpServers,
      String domain,
      List<List<String>> pools,
      List<String> relays,
      Network.UnknownDevices unknownDevices,
      TreeMap<String, String> options,
      TreeMap<String, String> variables,
      TftpRulesColumn tftp) {}

  /** For the audit trail. */
  private static String described(Network n) {
    return AuditValues.of(
        "subnet", n.subnet(),
        "serverAddress", n.serverAddress().map(InetAddress::getHostAddress),
        "router", n.router().map(InetAddress::getHostAddress),
        "dnsServers", texts(n.dnsServers()),
        "ntpServers", texts(n.ntpServers()),
        "domain", n.domain(),
        "pools",
            n.pools().stream()
                .map(p -> p.first().getHostAddress() + "-" + p.last().getHostAddress())
                .toList(),
        "relays", texts(n.relays()),
        "unknownDevices", n.unknownDevices(),
        "options", new TreeMap<>(n.options()),
        "variables", new TreeMap<>(n.variables()),
        "tftp", n.tftp().described());
  }

  private static String json(Network n) {
    Content content =
        new Content(
            n.serverAddress().map(InetAddress::getHostAddress).orElse(null),
            n.router().map(InetAddress::getHostAddress).orElse(null),
            texts(n.dnsServers()),
            texts(n.ntpServers()),
            n.domain().orElse(null),
            n.pools().stream()
                .map(p -> List.of(p.first().getHostAddress(), p.last().getHostAddress()))
                .toList(),
            texts(n.relays()),
            n.unknownDevices(),
            new TreeMap<>(n.options()),
            new TreeMap<>(n.variables()),
            TftpRulesColumn.of(n.tftp()));
    try {
      return MAPPER.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Network read(ResultSet r) throws SQLException {
    Content c;
    try {
      c = MAPPER.readValue(r.getString("content"), Content.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds no network", e);
    }
    return new Network(
        r.getString("name"),
        CidrBlock.parse(r.getString("subnet")),
        Optional.ofNullable(c.serverAddress()).map(SettingText::address),
        Optional.ofNullable(c.router()).map(SettingText::address),
        addresses(c.dnsServers()),
        addresses(c.ntpServers()),
        Optional.ofNullable(c.domain()),
        c.pools().stream()
            .map(p ->
                new Network.Pool(
                    SettingText.address(p.getFirst()), SettingText.address(p.getLast())))
            .toList(),
        addresses(c.relays()),
        c.unknownDevices(),
        Map.copyOf(c.options()),
        c.variables() == null ? Map.of() : Map.copyOf(c.variables()),
        c.tftp() == null ? TftpRules.NONE : c.tftp().rules(),
        r.getLong("revision"));
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  private static List<InetAddress> addresses(List<String> texts) {
    return texts.stream().map(SettingText::address).toList();
  }
}
