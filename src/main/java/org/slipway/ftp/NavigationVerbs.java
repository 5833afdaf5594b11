package org.slipway.ftp;

import java.util.Set;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.FileFacts;
import org.slipway.storage.VirtualPath;

/** Folders: PWD CWD CDUP MKD RMD (RFC 959 section 4.1.1 and appendix II). */
final class NavigationVerbs {
  private NavigationVerbs() {}

  static Reply pwd(LoggedIn member, String nothing) {
    return new Reply(257, Reply.quoted(member.folder().toString()) + " is the current folder.");
  }

  /**
   * Needs some permission there, but no certain one: who may only drop files must come in. Who may
   * not list does not learn whether a file of that name is there.
   */
  static Reply cwd(LoggedIn member, VirtualPath path) {
    Set<Permission> granted = member.permissionsAt(path);
    if (granted.isEmpty() && !path.isRoot()) {
      throw new RefusedException(
          Refusal.Kind.NO_PERMISSION, "The account has no permission in that folder");
    }
    if (!path.isRoot() && !facts(member, path).folder()) {
      if (!granted.contains(Permission.LIST)) {
        throw noSuch();
      }
      throw new RefusedException(Refusal.Kind.NOT_A_FOLDER, "That is no folder");
    }
    member.folder(path);
    return new Reply(250, "Folder changed.");
  }

  /** The root is its own parent, as everywhere. */
  static Reply cdup(LoggedIn member, String nothing) {
    member.folder(member.folder().parent().orElse(VirtualPath.ROOT));
    return new Reply(250, "Folder changed.");
  }

  static Reply mkd(LoggedIn member, VirtualPath path) {
    member.home().makeFolder(path);
    return new Reply(257, Reply.quoted(path.toString()) + " created.");
  }

  static Reply rmd(LoggedIn member, VirtualPath path) {
    if (path.isRoot()) {
      throw new RefusedException(Refusal.Kind.NO_PERMISSION, "The home itself stays");
    }
    member.home().deleteFolder(path);
    return new Reply(250, "Folder removed.");
  }

  /**
   * What is at a path.
   *
   * @throws RefusedException if nothing is
   */
  static FileFacts facts(LoggedIn member, VirtualPath path) {
    return member.home().stat(path).orElseThrow(NavigationVerbs::noSuch);
  }

  static RefusedException noSuch() {
    return new RefusedException(Refusal.Kind.NO_SUCH_FILE, "No such file or folder");
  }
}
