package org.slipway.accounts;

import java.util.Optional;
import java.util.Set;

/**
 * Accounts that are treated alike.
 *
 * @param policy counts for its members where they say nothing themselves
 * @param template what a new account of the group starts with; later changes do not touch members
 * @param revision changes with every change of the group
 */
public record Group(
    String name, String description, AccessPolicy policy, Template template, long revision) {

  /**
   * The fields that a new account is filled with.
   *
   * @param validDays after so many days it expires
   */
  public record Template(
      Optional<Long> quotaBytes,
      Optional<Long> quotaFiles,
      Optional<Integer> maxSessions,
      Optional<OnConflict> onConflict,
      Optional<Integer> validDays,
      Optional<Set<Role>> roles) {
    public static final Template EMPTY =
        new Template(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }
}
