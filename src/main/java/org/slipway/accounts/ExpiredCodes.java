package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Forgets applications, invitations and links for a new password whose time is over. */
@Singleton
public final class ExpiredCodes {
  private final Applications applications;
  private final Invitations invitations;
  private final PasswordResets resets;

  @Inject
  public ExpiredCodes(Applications applications, Invitations invitations, PasswordResets resets) {
    this.applications = applications;
    this.invitations = invitations;
    this.resets = resets;
  }

  /** Called about once a minute; what is expired counts for nothing even before. */
  public void sweep() {
    applications.sweep();
    invitations.sweep();
    resets.sweep();
  }
}
