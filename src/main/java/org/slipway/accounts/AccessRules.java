package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Puts together what holds for an account: its own policy, its groups', its shared folders. */
@Singleton
public final class AccessRules {
  private final Groups groups;
  private final SharedFolders shared;

  @Inject
  public AccessRules(Groups groups, SharedFolders shared) {
    this.groups = groups;
    this.shared = shared;
  }

  /** All folders that are shared with somebody. */
  public Collection<SharedFolder> sharedFolders() {
    return shared.all();
  }

  boolean anyGroupSays(Predicate<AccessPolicy> what) {
    return groups.all().stream().map(Group::policy).anyMatch(what);
  }

  public EffectivePolicy of(Account account) {
    List<Group> memberOf =
        account.groups().stream().flatMap(name -> groups.find(name).stream()).toList();
    List<EffectivePolicy.Mount> mounts =
        shared.all().stream()
            .filter(folder -> !folder.owner().equals(account.id()))
            .flatMap(folder -> mount(folder, account).stream())
            .toList();
    return new EffectivePolicy(account, memberOf, mounts);
  }

  private static Optional<EffectivePolicy.Mount> mount(SharedFolder folder, Account account) {
    List<SharedFolder.Member> own =
        folder.members().stream().filter(m -> m.includes(account)).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    Set<Permission> granted = EnumSet.noneOf(Permission.class);
    own.forEach(m -> granted.addAll(m.permissions()));
    return Optional.of(new EffectivePolicy.Mount(folder, granted));
  }
}
