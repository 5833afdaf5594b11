package org.slipway.accounts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slipway.settings.CidrBlock;

/**
 * What an account or a group says about access. What it leaves out is said by the next in the
 * order: the account, its groups, the portal ({@link EffectivePolicy}).
 *
 * @param permissions what may be done in the home
 * @param folders other permissions for some of its folders; the longest path decides
 * @param channels by which ways the account may come
 * @param allowedNetworks from where; empty says nothing
 * @param deniedNetworks from where not; those of the account and of all its groups count
 * @param trafficPerDay bytes in both directions in a day of UTC
 * @param trafficPerMonth bytes in both directions in a month of UTC
 * @param ftp how its FTP sessions are
 * @param bandwidth how fast it moves files, over every channel
 */
public record AccessPolicy(
    Optional<Set<Permission>> permissions,
    List<FolderRule> folders,
    Optional<Set<Channel>> channels,
    List<CidrBlock> allowedNetworks,
    List<CidrBlock> deniedNetworks,
    Optional<AccessHours> hours,
    Optional<Long> trafficPerDay,
    Optional<Long> trafficPerMonth,
    FtpRules ftp,
    Bandwidth bandwidth) {

  /** Says nothing. */
  public static final AccessPolicy EMPTY =
      new AccessPolicy(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Says nothing about FTP and bandwidth. */
  public AccessPolicy(
      Optional<Set<Permission>> permissions,
      List<FolderRule> folders,
      Optional<Set<Channel>> channels,
      List<CidrBlock> allowedNetworks,
      List<CidrBlock> deniedNetworks,
      Optional<AccessHours> hours,
      Optional<Long> trafficPerDay,
      Optional<Long> trafficPerMonth) {
    this(
        permissions,
        folders,
        channels,
        allowedNetworks,
        deniedNetworks,
        hours,
        trafficPerDay,
        trafficPerMonth,
        FtpRules.EMPTY,
        Bandwidth.EMPTY);
  }

  public AccessPolicy {
    permissions = permissions.map(Set::copyOf);
    folders = List.copyOf(folders);
    channels = channels.map(Set::copyOf);
    allowedNetworks = List.copyOf(allowedNetworks);
    deniedNetworks = List.copyOf(deniedNetworks);
  }

  /** The same with other permissions for the home. */
  public AccessPolicy permitting(Set<Permission> other) {
    return with(Optional.of(other), ftp, bandwidth);
  }

  /** The same with the permissions that its groups or the portal give. */
  public AccessPolicy permittingAsUsual() {
    return with(Optional.empty(), ftp, bandwidth);
  }

  /** The same with other rules for FTP. */
  public AccessPolicy with(FtpRules other) {
    return with(permissions, other, bandwidth);
  }

  /** The same with another bandwidth. */
  public AccessPolicy with(Bandwidth other) {
    return with(permissions, ftp, other);
  }

  private AccessPolicy with(Optional<Set<Permission>> may, FtpRules ftpRules, Bandwidth fast) {
    return new AccessPolicy(
        may,
        folders,
        channels,
        allowedNetworks,
        deniedNetworks,
        hours,
        trafficPerDay,
        trafficPerMonth,
        ftpRules,
        fast);
  }
}
