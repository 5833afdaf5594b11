package org.slipway.accounts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A folder of one account that others find in their own homes, as {@code /NAME}. What is stored in
 * it counts against the quota of the account that it belongs to, whoever stores it.
 *
 * @param name also the name under which its members see it
 * @param owner the account whose home it lies in and whose quota it uses
 * @param path of the folder in the owner's home, with a leading slash
 * @param revision changes with every change of the shared folder
 */
public record SharedFolder(
    String name, String description, UUID owner, String path, List<Member> members, long revision) {
  public SharedFolder {
    members = List.copyOf(members);
  }

  /**
   * Who finds it, and what they may do in it: either an account or all accounts of a group.
   *
   * @param permissions in the folder; the member's own folder rules below it can only narrow them
   */
  public record Member(
      Optional<UUID> account, Optional<String> group, Set<Permission> permissions) {
    public Member {
      permissions = Set.copyOf(permissions);
    }

    boolean includes(Account candidate) {
      return account.filter(candidate.id()::equals).isPresent()
          || group.filter(candidate.groups()::contains).isPresent();
    }
  }
}
