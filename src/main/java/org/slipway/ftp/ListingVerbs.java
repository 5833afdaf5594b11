package org.slipway.ftp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slipway.accounts.Permission;
import org.slipway.ftp.wire.ListingEntry;
import org.slipway.ftp.wire.MachineListing;
import org.slipway.ftp.wire.MachineListing.Fact;
import org.slipway.ftp.wire.Reply;
import org.slipway.ftp.wire.UnixListing;
import org.slipway.storage.FileFacts;
import org.slipway.storage.VirtualPath;

/** Listings: LIST NLST STAT (RFC 959 section 4.1.3), MLSD MLST (RFC 3659 section 7). */
final class ListingVerbs {
  private static final int MOST_OVER_CONTROL = 1000;

  private ListingVerbs() {}

  static Reply list(LoggedIn member, VirtualPath path) {
    Instant now = member.session().services().clock().instant();
    return begin(member, listed(member, path), (out, entry) -> UnixListing.append(out, entry, now));
  }

  /** Each line can be named as it is in the next command (RFC 1123 section 4.1.2.7). */
  static Reply nlst(LoggedIn member, String argument, VirtualPath path) {
    Listed listed = listed(member, path);
    String before =
        listed.within() && path.equals(member.folder())
            ? ""
            : prefix(ArgumentRule.LISTED_PATH.path(argument), listed.within());
    return begin(
        member, listed, (out, entry) -> out.append(before).append(entry.name()).append("\r\n"));
  }

  /** What stands before a name so that it leads from the current folder to the entry. */
  private static String prefix(String asked, boolean within) {
    String path = asked;
    while (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (within) {
      return path.endsWith("/") ? path : path + "/";
    }
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /**
   * What a listing is of.
   *
   * @param within whether it is of what is in the folder that was named
   */
  private record Listed(boolean within, Consumer<Consumer<FileFacts>> entries) {}

  /** A folder's entries, a file, or those entries of a folder that a pattern matches. */
  private static Listed listed(LoggedIn member, VirtualPath path) {
    Optional<FileFacts> there = member.home().stat(path);
    if (there.isPresent()) {
      FileFacts what = there.get();
      return what.folder()
          ? new Listed(true, sink -> member.home().list(path, sink))
          : new Listed(false, sink -> sink.accept(what));
    }
    NamePattern pattern = NamePattern.of(path.name()).orElseThrow(NavigationVerbs::noSuch);
    VirtualPath folder = path.parent().orElseThrow();
    member.require(Permission.LIST, folder);
    if (!NavigationVerbs.facts(member, folder).folder()) {
      throw NavigationVerbs.noSuch();
    }
    return new Listed(
        false,
        sink ->
            member
                .home()
                .list(
                    folder,
                    entry -> {
                      if (pattern.matches(entry.name())) {
                        sink.accept(entry);
                      }
                    }));
  }

  static Reply mlsd(LoggedIn member, VirtualPath path) {
    if (!NavigationVerbs.facts(member, path).folder()) {
      return new Reply(501, "MLSD lists folders; use MLST for a file.");
    }
    Set<Fact> facts = EnumSet.noneOf(Fact.class);
    facts.addAll(member.parameters().facts());
    Function<VirtualPath, Set<Permission>> permissions = member.permissions();
    return begin(
        member,
        listed(member, path),
        (out, entry) -> {
          MachineListing.append(
              out,
              entry,
              facts,
              perm(entry, permissions.apply(path.child(entry.name()))),
              entry.name());
          out.append("\r\n");
        });
  }

  /** A listing over the control connection, which must stay short. */
  static Reply stat(LoggedIn member, String argument) {
    VirtualPath path = member.folder().resolve(ArgumentRule.LISTED_PATH.path(argument));
    member.require(Permission.LIST, path);
    FileFacts what = NavigationVerbs.facts(member, path);
    Instant now = member.session().services().clock().instant();
    if (!what.folder()) {
      return Reply.of(213, "State of " + path + ":", List.of(line(what, now)), "End");
    }
    List<String> lines = new ArrayList<>();
    long[] left = {0};
    member
        .home()
        .list(
            path,
            entry -> {
              if (lines.size() >= MOST_OVER_CONTROL) {
                left[0]++;
              } else if (SendListing.entry(entry).isShowable()) {
                lines.add(line(entry, now));
              }
            });
    if (left[0] > 0) {
      lines.add("and " + left[0] + " more; LIST shows all");
    }
    return Reply.of(212, "Listing of " + path + ":", lines, "End");
  }

  private static String line(FileFacts facts, Instant now) {
    StringBuilder out = new StringBuilder();
    UnixListing.append(out, SendListing.entry(facts), now);
    return out.toString().stripTrailing();
  }

  static Reply mlst(LoggedIn member, VirtualPath path) {
    ListingEntry entry = SendListing.entry(NavigationVerbs.facts(member, path));
    StringBuilder line = new StringBuilder();
    String perm = perm(entry, member.permissionsAt(path));
    MachineListing.append(line, entry, member.parameters().facts(), perm, path.toString());
    return Reply.of(250, "Listing:", List.of(line.toString()), "End");
  }

  private static Reply begin(
      LoggedIn member, Listed listed, BiConsumer<StringBuilder, ListingEntry> form) {
    if (!member.dataPorts().hasEndpoint()) {
      return FileVerbs.NO_ENDPOINT;
    }
    member.parameters().takeRestart();
    member.prepare(new SendListing(listed.entries(), form, member.session().names()));
    return new Reply(150, "Here comes the listing.");
  }

  /** What the account may do with an entry (RFC 3659 section 7.5.5). */
  private static String perm(ListingEntry entry, Set<Permission> granted) {
    StringBuilder out = new StringBuilder();
    record Letter(char letter, Permission needed) {}
    List<Letter> letters = new ArrayList<>();
    if (entry.folder()) {
      letters.add(new Letter('c', Permission.WRITE));
      letters.add(new Letter('d', Permission.DELETE));
      letters.add(new Letter('f', Permission.RENAME));
      letters.add(new Letter('l', Permission.LIST));
      letters.add(new Letter('m', Permission.MAKE_FOLDER));
      letters.add(new Letter('p', Permission.DELETE));
      out.append('e');
    } else {
      letters.add(new Letter('a', Permission.OVERWRITE));
      letters.add(new Letter('d', Permission.DELETE));
      letters.add(new Letter('f', Permission.RENAME));
      letters.add(new Letter('r', Permission.READ));
      letters.add(new Letter('w', Permission.OVERWRITE));
    }
    letters.stream().filter(l -> granted.contains(l.needed())).forEach(l -> out.append(l.letter()));
    return out.toString();
  }
}
