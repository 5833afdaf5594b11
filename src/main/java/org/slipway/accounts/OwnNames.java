package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Whether somebody may take a name by himself: it must not be there, and must not look like one
 * that is ({@link NameSkeleton}).
 */
@Singleton
public final class OwnNames {
  private final AccountDirectory directory;

  @Inject
  public OwnNames(AccountDirectory directory) {
    this.directory = directory;
  }

  /**
   * Asked inside a change of accounts, which no other change of accounts overlaps. What the
   * directory does not know yet is read from the database.
   *
   * @throws RefusedException {@code ALREADY_EXISTS}
   */
  void require(Handle handle, String username) {
    Collection<Account> known = directory.all();
    long newest = known.stream().mapToLong(Account::revision).max().orElse(-1);
    List<Account> newer = AccountRows.newerThan(handle, newest);
    String skeleton = NameSkeleton.of(username);
    Stream.of(
            known.stream().map(Account::username),
            newer.stream().map(Account::username),
            ApplicationRows.usernames(handle).stream())
        .flatMap(names -> names)
        .filter(name -> NameSkeleton.of(name).equals(skeleton))
        .findAny()
        .ifPresent(twin -> {
          throw twin.equals(username) ? taken(username) : likeAnother(username);
        });
  }

  static RefusedException taken(String username) {
    return new RefusedException(
        Refusal.Kind.ALREADY_EXISTS, "The user name " + username + " is taken");
  }

  private static RefusedException likeAnother(String username) {
    return new RefusedException(
        Refusal.Kind.ALREADY_EXISTS,
        "The user name " + username + " looks like one that is taken; choose a different one");
  }
}
