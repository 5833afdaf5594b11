package org.slipway.api.model;

import java.util.List;

/**
 * A group of accounts.
 *
 * @param access counts for its members where they say nothing themselves
 * @param template what a new account whose first group this is starts with
 * @param members how many accounts are in it; read only
 */
public record GroupDocument(
    String name, String description, AccessDocument access, Template template, Integer members) {

  /**
   * Fields of a new account; what is null is not filled in.
   *
   * @param validDays after so many days the account expires
   */
  public record Template(
      Long quotaBytes,
      Long quotaFiles,
      Integer maxSessions,
      String onConflict,
      Integer validDays,
      List<String> roles) {}
}
