package org.slipway.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the fields of an account may hold. */
public final class AccountRules {
  public static final int SHORTEST_PASSWORD = 8;
  public static final int LONGEST_PASSWORD = 256;
  private static final int MOST_GROUPS = 50;
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cntrl}<>\"]{1,64}@[^@\\s\\p{Cntrl}<>\"]{1,189}");

  private final List<Violation> violations = new ArrayList<>();

  AccountRules username(String username) {
    return require(
        username != null && USERNAME.matcher(username).matches(),
        "username",
        "username.pattern",
        "1 to 32 of a-z, 0-9, dot, underscore and hyphen; the first a letter or digit");
  }

  AccountRules email(Optional<String> email, boolean needed) {
    if (email.isEmpty()) {
      return require(!needed, "email", "email.needed", "An e-mail address is needed");
    }
    return require(
        EMAIL.matcher(email.get()).matches(),
        "email",
        "email.pattern",
        "This is no e-mail address");
  }

  AccountRules displayName(String name) {
    return require(
        name != null && name.length() <= 100 && name.chars().noneMatch(Character::isISOControl),
        "displayName",
        "displayName.pattern",
        "At most 100 characters, none of them a control character");
  }

  AccountRules password(String password, String username) {
    boolean long_ = password != null && password.length() >= SHORTEST_PASSWORD;
    require(
        long_,
        "password",
        "password.short",
        "At least " + SHORTEST_PASSWORD + " characters are needed");
    if (long_) {
      require(
          password.length() <= LONGEST_PASSWORD,
          "password",
          "password.long",
          "At most " + LONGEST_PASSWORD + " characters are allowed");
      require(
          !password.equalsIgnoreCase(username),
          "password",
          "password.username",
          "The password may not be the user name");
    }
    return this;
  }

  AccountRules reason(Optional<String> reason) {
    return require(
        reason.orElse("").length() <= 500,
        "statusReason",
        "statusReason.long",
        "At most 500 characters are allowed");
  }

  AccountRules quota(Optional<Long> bytes, Optional<Long> files) {
    require(bytes.orElse(0L) >= 0, "quotaBytes", "quota.negative", "A quota is not negative");
    return require(
        files.orElse(0L) >= 0, "quotaFiles", "quota.negative", "A quota is not negative");
  }

  AccountRules account(Account a) {
    require(!a.roles().isEmpty(), "roles", "roles.needed", "At least one role is needed");
    require(
        a.maxSessions().orElse(1) >= 1,
        "maxSessions",
        "maxSessions.positive",
        "At least 1 is needed");
    violations.addAll(new AccessPolicyRules().policy(a.policy()).violations());
    require(
        a.groups().size() <= MOST_GROUPS,
        "groups",
        "groups.many",
        "At most " + MOST_GROUPS + " groups are allowed");
    return username(a.username())
        .email(a.email(), false)
        .displayName(a.displayName())
        .reason(a.statusReason())
        .quota(a.quotaBytes(), a.quotaFiles());
  }

  /** Throws if anything was wrong. */
  void check() {
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  private AccountRules require(boolean holds, String field, String code, String message) {
    if (!holds) {
      violations.add(new Violation(field, code, message));
    }
    return this;
  }
}
