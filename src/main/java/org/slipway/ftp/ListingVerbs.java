package org.slipway.ftp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
    return begin(member, path, (out, entry) -> UnixListing.append(out, entry, now));
  }

  static Reply nlst(LoggedIn member, VirtualPath path) {
    return begin(member, path, (out, entry) -> out.append(entry.name()).append("\r\n"));
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
        path,
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
      LoggedIn member, VirtualPath path, BiConsumer<StringBuilder, ListingEntry> form) {
    if (!member.hasEndpoint()) {
      return FileVerbs.NO_ENDPOINT;
    }
    FileFacts what = NavigationVerbs.facts(member, path);
    Consumer<Consumer<FileFacts>> entries =
        what.folder() ? sink -> member.home().list(path, sink) : sink -> sink.accept(what);
    member.parameters().takeRestart();
    member.prepare(new SendListing(entries, form, member.session().names()));
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
      letters.add(new Letter('d', Permission.DELETE));
      letters.add(new Letter('f', Permission.RENAME));
      letters.add(new Letter('r', Permission.READ));
      letters.add(new Letter('w', Permission.OVERWRITE));
    }
    letters.stream().filter(l -> granted.contains(l.needed())).forEach(l -> out.append(l.letter()));
    return out.toString();
  }
}
