package org.slipway.accounts;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slipway.database.Changes;
import org.slipway.database.Snapshot;
import org.slipway.database.Topic;

/** All accounts as protocols read them: in memory, current within a second of any change. */
@Singleton
public final class AccountDirectory {
  private final Snapshot<UUID, Account> snapshot;
  private volatile Map<String, Account> byUsername;

  @Inject
  public AccountDirectory(Jdbi jdbi, Changes changes) {
    snapshot =
        new Snapshot<>(
            jdbi, changes, Topic.ACCOUNTS, AccountRows::newerThan, Account::id, UUID::fromString);
    index(snapshot.rows());
    snapshot.onReplaced((rows, changed) -> index(rows));
  }

  public Optional<Account> byId(UUID id) {
    return Optional.ofNullable(snapshot.rows().get(id));
  }

  /** User names are lower case; a name in capitals finds the same account. */
  public Optional<Account> byUsername(String username) {
    return Optional.ofNullable(byUsername.get(username.toLowerCase(Locale.ROOT)));
  }

  public Collection<Account> all() {
    return snapshot.rows().values();
  }

  /**
   * Tells of every account that changed or went, after the change.
   *
   * @param listener gets the accounts as they are now, and the ids of those that changed
   */
  public void onChanged(BiConsumer<Map<UUID, Account>, Set<UUID>> listener) {
    snapshot.onReplaced(listener::accept);
  }

  private void index(Map<UUID, Account> rows) {
    byUsername =
        rows.values().stream().collect(Collectors.toUnmodifiableMap(Account::username, a -> a));
  }
}
