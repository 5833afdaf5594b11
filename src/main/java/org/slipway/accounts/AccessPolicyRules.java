package org.slipway.accounts;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the fields of an access policy, a group and a shared folder may hold. */
final class AccessPolicyRules {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
  private static final int MOST_RULES = 200;
  private static final int LONGEST_PATH = 1024;

  private final List<Violation> violations = new ArrayList<>();

  AccessPolicyRules name(String name) {
    return require(
        name != null && NAME.matcher(name).matches(),
        "name",
        "group.name",
        "1 to 32 of a-z, 0-9, dot, underscore and hyphen; the first a letter or digit");
  }

  AccessPolicyRules description(String text) {
    return require(
        text.length() <= 200 && text.chars().noneMatch(Character::isISOControl),
        "description",
        "description.pattern",
        "At most 200 characters, none of them a control character");
  }

  AccessPolicyRules group(Group group) {
    Group.Template t = group.template();
    require(
        t.quotaBytes().orElse(0L) >= 0,
        "template.quotaBytes",
        "quota.negative",
        "A quota is not negative");
    require(
        t.quotaFiles().orElse(0L) >= 0,
        "template.quotaFiles",
        "quota.negative",
        "A quota is not negative");
    require(
        t.maxSessions().orElse(1) >= 1,
        "template.maxSessions",
        "maxSessions.positive",
        "At least 1 is needed");
    require(
        t.validDays().orElse(1) >= 1,
        "template.validDays",
        "validDays.positive",
        "At least 1 is needed");
    require(
        t.roles().filter(Set::isEmpty).isEmpty(),
        "template.roles",
        "roles.needed",
        "At least one role is needed");
    return policy(group.policy());
  }

  AccessPolicyRules policy(AccessPolicy policy) {
    require(
        policy.folders().size() <= MOST_RULES
            && policy.allowedNetworks().size() <= MOST_RULES
            && policy.deniedNetworks().size() <= MOST_RULES,
        "folders",
        "rules.many",
        "At most " + MOST_RULES + " rules of a kind are allowed");
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < policy.folders().size(); i++) {
      FolderRule rule = policy.folders().get(i);
      String field = "folders[" + i + "].path";
      path(field, rule.path());
      require(
          seen.add(List.of(rule.path(), rule.channels())),
          field,
          "path.twice",
          "There are two rules for this folder");
    }
    require(
        policy.hours().filter(h -> h.spans().isEmpty()).isEmpty(),
        "hours",
        "hours.needed",
        "At least one span of time is needed");
    notNegative("trafficPerDay", policy.trafficPerDay());
    notNegative("trafficPerMonth", policy.trafficPerMonth());
    positive("bandwidthUp", policy.bandwidth().up());
    positive("bandwidthDown", policy.bandwidth().down());
    return this;
  }

  AccessPolicyRules shared(SharedFolder folder) {
    path("path", folder.path());
    require(
        folder.members().size() <= MOST_RULES,
        "members",
        "rules.many",
        "At most " + MOST_RULES + " members are allowed");
    for (int i = 0; i < folder.members().size(); i++) {
      SharedFolder.Member member = folder.members().get(i);
      require(
          member.account().isPresent() != member.group().isPresent(),
          "members[" + i + "]",
          "member.one",
          "Either an account or a group is needed");
    }
    return this;
  }

  /** A folder as {@code storage.VirtualPath} writes it. */
  private void path(String field, String path) {
    boolean good =
        path.equals("/")
            || path.startsWith("/")
                && !path.endsWith("/")
                && path.length() <= LONGEST_PATH
                && path.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
                && java.util.Arrays.stream(path.substring(1).split("/", -1))
                    .noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
    require(
        good,
        field,
        "path.pattern",
        "A folder of the home such as /images, without . and .. in it");
  }

  private void notNegative(String field, Optional<Long> bytes) {
    require(bytes.orElse(0L) >= 0, field, "quota.negative", "A quota is not negative");
  }

  /** At no byte per second a transfer would never end. */
  private void positive(String field, Optional<Long> bytesPerSecond) {
    require(
        bytesPerSecond.orElse(1L) >= 1,
        field,
        "bandwidth.positive",
        "At least one byte per second is needed");
  }

  List<Violation> violations() {
    return violations;
  }

  /** Throws if anything was wrong. */
  void check() {
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  private AccessPolicyRules require(boolean holds, String field, String code, String message) {
    if (!holds) {
      violations.add(new Violation(field, code, message));
    }
    return this;
  }
}
