package org.slipway.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slipway.accounts.Account;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.audit.AuditTrail;
import org.slipway.audit.Who;

/** The homes of accounts, each guarded by what its account may do. */
@Singleton
public final class Homes {
  private final FileAreas areas;
  private final Authorization authorization;
  private final AuditTrail audit;

  @Inject
  public Homes(FileAreas areas, Authorization authorization, AuditTrail audit) {
    this.areas = areas;
    this.authorization = authorization;
    this.audit = audit;
  }

  /**
   * The home of an account as it may be used over a channel.
   *
   * @param who for the audit trail
   */
  public GuardedArea of(Account account, Channel channel, Who who) {
    return new GuardedArea(
        areas.home(account.id()),
        account.onConflict(),
        (permission, path) ->
            authorization.require(account.id(), channel, permission, path.toString()),
        (change, path) -> audit.done(who, change, path, null, null));
  }
}
