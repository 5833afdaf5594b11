package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Role;
import org.slipway.accounts.TrafficLedger;
import org.slipway.api.model.AccountDocument;
import org.slipway.api.model.OwnAccountDocument;
import org.slipway.signin.LockOuts;

/** Accounts as documents, and back. */
@Singleton
public final class AccountDocuments {
  static final Set<String> READ_ONLY =
      Set.of(
          "id",
          "username",
          "usedBytes",
          "usedFiles",
          "trafficDayBytes",
          "trafficMonthBytes",
          "createdAt",
          "lockedUntil");
  static final Set<String> READ_ONLY_BY_ITS_OWNER =
      Set.of(
          "id",
          "username",
          "status",
          "roles",
          "quotaBytes",
          "quotaFiles",
          "usedBytes",
          "usedFiles",
          "trafficDayBytes",
          "trafficMonthBytes",
          "trafficPerDay",
          "trafficPerMonth",
          "maxSessions",
          "onConflict",
          "expiresAt",
          "permissions",
          "createdAt");

  private final QuotaLedger ledger;
  private final TrafficLedger traffic;
  private final Authorization authorization;
  private final LockOuts lockOuts;

  @Inject
  public AccountDocuments(
      QuotaLedger ledger, TrafficLedger traffic, Authorization authorization, LockOuts lockOuts) {
    this.lockOuts = lockOuts;
    this.ledger = ledger;
    this.traffic = traffic;
    this.authorization = authorization;
  }

  AccountDocument of(Account a) {
    QuotaLedger.Usage usage = ledger.usage(a.id());
    TrafficLedger.Usage moved = traffic.usage(a.id());
    return new AccountDocument(
        a.id().toString(),
        a.username(),
        null,
        a.email().orElse(null),
        a.displayName(),
        a.status().name(),
        a.statusReason().orElse(null),
        names(a.roles()),
        a.quotaBytes().orElse(null),
        a.quotaFiles().orElse(null),
        usage.usedBytes(),
        usage.usedFiles(),
        moved.dayBytes(),
        moved.monthBytes(),
        a.maxSessions().orElse(null),
        a.onConflict().name(),
        a.expiresAt().orElse(null),
        a.groups(),
        names(shownPermissions(a)),
        AccessDocuments.of(a.policy()),
        a.language().orElse(null),
        a.createdAt(),
        lockOuts.lockedUntil(a.username()).orElse(null));
  }

  private Set<Permission> shownPermissions(Account a) {
    return authorization.policy(a).permissions().value();
  }

  OwnAccountDocument own(Account a) {
    QuotaLedger.Usage usage = ledger.usage(a.id());
    TrafficLedger.Usage moved = traffic.usage(a.id());
    return new OwnAccountDocument(
        a.id().toString(),
        a.username(),
        null,
        null,
        null,
        a.email().orElse(null),
        a.displayName(),
        a.status().name(),
        names(a.roles()),
        a.quotaBytes().orElse(null),
        a.quotaFiles().orElse(null),
        usage.usedBytes(),
        usage.usedFiles(),
        moved.dayBytes(),
        moved.monthBytes(),
        moved.perDay().orElse(null),
        moved.perMonth().orElse(null),
        a.maxSessions().orElse(null),
        a.onConflict().name(),
        a.expiresAt().orElse(null),
        names(shownPermissions(a)),
        a.language().orElse(null),
        a.createdAt());
  }

  /** The account as a document wants it; its password is another matter. */
  Account edited(Account account, AccountDocument wanted) {
    Fields fields = new Fields();
    AccountStatus status =
        fields.choice(
            "status",
            fields.needed("status", wanted.status()),
            AccountStatus.class,
            account.status());
    OnConflict onConflict =
        fields.choice("onConflict", wanted.onConflict(), OnConflict.class, OnConflict.OVERWRITE);
    Set<Role> roles = fields.choices("roles", wanted.roles(), Role.class, Set.of(Role.USER));
    AccessPolicy policy = policy(fields, account, wanted);
    fields.check();
    return AccountEdit.of(account)
        .status(status, Fields.optional(wanted.statusReason()))
        .roles(roles)
        .quota(Optional.ofNullable(wanted.quotaBytes()), Optional.ofNullable(wanted.quotaFiles()))
        .email(Fields.optional(wanted.email()))
        .displayName(Fields.optional(wanted.displayName()).orElse(account.username()))
        .use(
            Optional.ofNullable(wanted.maxSessions()),
            onConflict,
            Optional.ofNullable(wanted.expiresAt()))
        .access(Fields.list(wanted.groups()), policy)
        .language(Fields.optional(wanted.language()))
        .account();
  }

  /** The permissions stand at two places; whichever was changed counts. */
  private AccessPolicy policy(Fields fields, Account account, AccountDocument wanted) {
    AccessPolicy policy = AccessDocuments.read(fields, "access.", wanted.access());
    if (wanted.permissions() == null) {
      return policy.permittingAsUsual();
    }
    Set<Permission> shown = shownPermissions(account);
    Set<Permission> given =
        fields.choices("permissions", wanted.permissions(), Permission.class, shown);
    return given.equals(shown) ? policy : policy.permitting(given);
  }

  /** The account as its owner wants it. */
  static Account edited(Account account, OwnAccountDocument wanted) {
    return AccountEdit.of(account)
        .email(Fields.optional(wanted.email()))
        .displayName(Fields.optional(wanted.displayName()).orElse(account.username()))
        .language(Fields.optional(wanted.language()))
        .account();
  }

  private static List<String> names(Collection<? extends Enum<?>> values) {
    return values.stream().sorted().map(Enum::name).toList();
  }
}
