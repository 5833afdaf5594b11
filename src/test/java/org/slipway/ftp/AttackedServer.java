package org.slipway.ftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.Permission;
import org.slipway.audit.Who;

/** A server as an attacker sees it: the weak one, which shows that the attack is one, and ours. */
interface AttackedServer extends AutoCloseable {
  /** Whose files are there, and who is the attacker where that needs an account. */
  String OWNER = "ann";

  InetSocketAddress address();

  /** The files of {@link #OWNER}. */
  Path home();

  /** What the owner may do from now on. */
  void permit(Set<Permission> permissions);

  @Override
  void close();

  default RawClient loggedIn() throws IOException {
    return RawClient.loggedIn(address(), OWNER);
  }

  default void file(String name, byte[] content) throws IOException {
    Path path = home().resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, content);
  }

  /** Ours. */
  record Portal(TestPortal portal, Account owner) implements AttackedServer {
    static Portal of(TestPortal portal) throws IOException {
      Portal ours = new Portal(portal, portal.account(OWNER));
      Files.createDirectories(ours.home());
      return ours;
    }

    @Override
    public InetSocketAddress address() {
      return portal.address;
    }

    @Override
    public Path home() {
      return portal.home(owner);
    }

    @Override
    public void permit(Set<Permission> permissions) {
      portal.accounts.change(
          OWNER,
          OptionalLong.empty(),
          a ->
              AccountEdit.of(a)
                  .access(List.of(), AccessPolicy.EMPTY.permitting(permissions))
                  .account(),
          Who.SYSTEM);
    }

    /** Waits for an entry that names the owner. */
    void awaitAudited(String reason) throws Exception {
      TestPortal.await(
          reason + " is in the audit trail",
          () -> portal.audit.page(reason, 0, 10).stream().anyMatch(e -> e.actor().equals(OWNER)));
    }

    @Override
    public void close() {
      portal.close();
    }
  }
}
