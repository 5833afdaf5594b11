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
 */
public record AccessPolicy(
    Optional<Set<Permission>> permissions,
    List<FolderRule> folders,
    Optional<Set<Channel>> channels,
    List<CidrBlock> allowedNetworks,
    List<CidrBlock> deniedNetworks,
    Optional<AccessHours> hours,
    Optional<Long> trafficPerDay,
    Optional<Long> trafficPerMonth) {

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

  public AccessPolicy {
    permissions = permissions.map(Set::copyOf);
    folders = List.copyOf(folders);
    channels = channels.map(Set::copyOf);
    allowedNetworks = List.copyOf(allowedNetworks);
    deniedNetworks = List.copyOf(deniedNetworks);
  }

  /** The same with other permissions for the home. */
  public AccessPolicy permitting(Set<Permission> other) {
    return new AccessPolicy(
        Optional.of(other),
        folders,
        channels,
        allowedNetworks,
        deniedNetworks,
        hours,
        trafficPerDay,
        trafficPerMonth);
  }
}
