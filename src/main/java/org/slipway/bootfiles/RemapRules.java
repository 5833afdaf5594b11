package org.slipway.bootfiles;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.AuditValues;
import org.slipway.audit.Who;
import org.slipway.database.Changes;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;

/** All remap rules in their order: read from memory, changed in the database. */
@Singleton
public final class RemapRules {
  /** Each is tried for each name. */
  static final int MOST = 200;

  private static final Logger LOG = Logger.getLogger(RemapRules.class.getName());

  private final Changes changes;
  private final AuditTrail audit;
  private final Snapshot<String, RemapRule> snapshot;
  private volatile List<ReadyRule> ready;

  @Inject
  public RemapRules(Jdbi jdbi, Changes changes, AuditTrail audit) {
    this.changes = changes;
    this.audit = audit;
    this.snapshot =
        new Snapshot<>(
            jdbi,
            changes,
            Topic.REMAP_RULES,
            RemapRuleRows::newerThan,
            RemapRule::name,
            name -> name);
    prepare(snapshot.rows());
    snapshot.onReplaced((rows, changed) -> prepare(rows));
  }

  private void prepare(Map<String, RemapRule> rows) {
    ready = ordered(rows.values()).filter(RemapRule::enabled).flatMap(this::understood).toList();
  }

  /** A rule that only another version of the portal understands must not stop the rest. */
  private Stream<ReadyRule> understood(RemapRule rule) {
    try {
      return Stream.of(ReadyRule.of(rule));
    } catch (InvalidInputException e) {
      LOG.log(Level.WARNING, "The remap rule {0} is left out: {1}", new Object[] {rule.name(), e});
      return Stream.empty();
    }
  }

  /** The rules that are in force, in their order. */
  List<ReadyRule> inForce() {
    return ready;
  }

  /** All rules in their order. */
  public List<RemapRule> all() {
    return ordered(snapshot.rows().values()).toList();
  }

  private static Stream<RemapRule> ordered(Collection<RemapRule> rules) {
    return rules.stream()
        .sorted(Comparator.comparing(RemapRule::position).thenComparing(RemapRule::name));
  }

  public Optional<RemapRule> find(String name) {
    return Optional.ofNullable(snapshot.rows().get(name));
  }

  /**
   * Stores a rule under its name, new or changed.
   *
   * @param position its place from 1, the others move; empty keeps the place, or is the end
   * @throws InvalidInputException for bad fields
   * @throws RefusedException {@code CONFLICT} if there are too many
   */
  public RemapRule put(
      RemapRule rule, OptionalInt position, OptionalLong expectedRevision, Who who) {
    RuleChecks.check(rule);
    Optional<RemapRule> before =
        changes.make(
            Topic.REMAP_RULES,
            (h, revision) -> {
              List<RemapRule> all = new ArrayList<>(RemapRuleRows.inOrder(h));
              Optional<RemapRule> old = removed(all, rule.name());
              requireRevision(old, expectedRevision);
              requireRoom(all.size());
              int place = position.orElse(old.map(RemapRule::position).orElse(all.size() + 1));
              all.add(Math.clamp(place, 1, all.size() + 1) - 1, rule.at(0));
              renumber(h, all, revision);
              return old;
            });
    RemapRule now = find(rule.name()).orElse(rule);
    audit.done(
        who,
        before.isPresent() ? AuditAction.REMAP_RULE_CHANGED : AuditAction.REMAP_RULE_ADDED,
        rule.name(),
        before.map(RemapRules::described).orElse(null),
        described(now));
    return now;
  }

  public void delete(String name, OptionalLong expectedRevision, Who who) {
    RemapRule gone =
        changes.make(
            Topic.REMAP_RULES,
            (h, revision) -> {
              List<RemapRule> all = new ArrayList<>(RemapRuleRows.inOrder(h));
              RemapRule old =
                  removed(all, name)
                      .orElseThrow(() ->
                          new RefusedException(
                              Refusal.Kind.NO_SUCH_THING, "There is no remap rule of this name"));
              requireRevision(Optional.of(old), expectedRevision);
              RemapRuleRows.delete(h, name, revision);
              renumber(h, all, revision);
              return old;
            });
    audit.done(who, AuditAction.REMAP_RULE_DELETED, name, described(gone), null);
  }

  /** Adds the rules of a known set behind all others; those that are there already stay. */
  public List<RemapRule> add(KnownRules set, Who who) {
    List<RemapRule> added = new ArrayList<>();
    for (RemapRule rule : set.rules()) {
      if (find(rule.name()).isEmpty()) {
        added.add(put(rule, OptionalInt.empty(), OptionalLong.empty(), who));
      }
    }
    return added;
  }

  private static Optional<RemapRule> removed(List<RemapRule> all, String name) {
    Optional<RemapRule> old = all.stream().filter(r -> r.name().equals(name)).findFirst();
    old.ifPresent(all::remove);
    return old;
  }

  /** Writes those whose place is another now. */
  private static void renumber(Handle h, List<RemapRule> all, long revision) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).position() != i + 1) {
        RemapRuleRows.write(h, all.get(i).at(i + 1), revision);
      }
    }
  }

  private static void requireRoom(int others) {
    if (others >= MOST) {
      throw new RefusedException(
          Refusal.Kind.CONFLICT, "There are " + MOST + " remap rules, which is the most");
    }
  }

  private static void requireRevision(Optional<RemapRule> old, OptionalLong expected) {
    if (expected.isPresent() && old.map(RemapRule::revision).orElse(-1L) != expected.getAsLong()) {
      throw new RefusedException(
          Refusal.Kind.CHANGED_MEANWHILE, "The remap rule was changed meanwhile; read it again");
    }
  }

  /** For the audit trail. */
  private static String described(RemapRule r) {
    return AuditValues.of(
        "position", r.position(),
        "pattern", r.pattern(),
        "network", r.network(),
        "device", r.device(),
        "architecture",
            r.architecture().isPresent()
                ? Optional.of(r.architecture().getAsInt())
                : Optional.empty(),
        "action", r.action(),
        "target", r.target(),
        "continue", r.proceed(),
        "unlessExists", r.unlessExists(),
        "enabled", r.enabled());
  }
}
