package org.slipway.storage;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.slipway.accounts.Account;
import org.slipway.accounts.Authorization;
import org.slipway.accounts.Channel;
import org.slipway.accounts.Permission;
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
        AuditedArea.home(areas.home(account.id()), audit, who),
        account.onConflict(),
        new HomeAccess(authorization, account.id(), channel));
  }

  private record HomeAccess(Authorization authorization, UUID account, Channel channel)
      implements GuardedArea.Access {
    @Override
    public void require(Permission permission, VirtualPath path) {
      authorization.require(account, channel, permission, path.toString());
    }

    @Override
    public void requireMove(VirtualPath from, VirtualPath to, boolean folder) {
      authorization.requireMove(account, channel, from.toString(), to.toString(), folder);
    }
  }
}
