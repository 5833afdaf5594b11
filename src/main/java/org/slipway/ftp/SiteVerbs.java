package org.slipway.ftp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.accounts.Action;
import org.slipway.accounts.Channel;
import org.slipway.accounts.OpenSession;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.TrafficLedger;
import org.slipway.ftp.wire.MachineListing;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.VirtualPath;

/** What is beyond the RFCs: SITE (RFC 959 section 4.1.3). Its own table of commands. */
final class SiteVerbs {
  private static final int MOST_SESSIONS = 500;

  private static final Pattern TIME_BEFORE =
      Pattern.compile("(?<time>\\d{14}|\\d{12}) (?<path>.+)");

  /** Of the last use, of the last change, of the making. */
  private static final Pattern TIMES_BEHIND =
      Pattern.compile("(?<path>.+) \\d{14} (?<time>\\d{14}) \\d{14} UTC");

  private static final Reply BAD_TIME =
      new Reply(501, "SITE UTIME takes YYYYMMDDhhmm[ss] of UTC and a path.");

  /** In the order of SITE HELP. */
  private static final Map<String, Command> COMMANDS = new LinkedHashMap<>();

  /**
   * @param syntax what follows the name
   */
  private record Command(String syntax, VerbAction.ForMember action) {}

  static {
    COMMANDS.put("HELP", new Command("", SiteVerbs::help));
    COMMANDS.put("CHMOD", new Command(" mode path", SiteVerbs::chmod));
    COMMANDS.put("UTIME", new Command(" YYYYMMDDhhmm[ss] path", SiteVerbs::utime));
    COMMANDS.put("QUOTA", new Command("", SiteVerbs::quota));
    COMMANDS.put("WHO", new Command("", SiteVerbs::who));
  }

  private SiteVerbs() {}

  static Reply site(LoggedIn member, String argument) throws InterruptedException {
    String[] words = argument.strip().split(" ", 2);
    Command command = COMMANDS.get(words[0].toUpperCase(Locale.ROOT));
    return command == null
        ? new Reply(504, "Unknown; SITE HELP shows what is known.")
        : command.action().run(member, words.length > 1 ? words[1] : "");
  }

  private static Reply help(LoggedIn member, String nothing) {
    List<String> lines = new ArrayList<>();
    COMMANDS.forEach((name, command) -> lines.add("SITE " + name + command.syntax()));
    return Reply.of(214, "Commands:", lines, "End");
  }

  /** Clients send it behind each upload, and take a refusal for a failure. */
  private static Reply chmod(LoggedIn member, String modeAndPath) {
    return new Reply(202, "Rights are those of the account and the folder; no mode is kept.");
  }

  /** In both forms that clients send; only the time of the last change is kept. */
  private static Reply utime(LoggedIn member, String argument) {
    Matcher before = TIME_BEFORE.matcher(argument);
    Matcher behind = TIMES_BEHIND.matcher(argument);
    Matcher form = behind.matches() ? behind : before;
    if (!form.matches()) {
      return BAD_TIME;
    }
    String text = form.group("time");
    Optional<Instant> time = MachineListing.parseTime(text.length() == 12 ? text + "00" : text);
    if (time.isEmpty()) {
      return BAD_TIME;
    }
    FileVerbs.modify(member, member.folder().resolve(form.group("path")), time.get());
    return new Reply(200, "The time was set.");
  }

  private static Reply quota(LoggedIn member, String nothing) {
    List<String> lines = new ArrayList<>();
    member.home().usage(VirtualPath.ROOT).ifPresent(usage -> describe(usage, lines));
    TrafficLedger.Usage traffic =
        member.session().services().traffic().usage(member.account().id());
    lines.add("Moved today: " + traffic.dayBytes() + " of " + limit(traffic.perDay()) + " bytes");
    lines.add(
        "Moved this month: "
            + traffic.monthBytes()
            + " of "
            + limit(traffic.perMonth())
            + " bytes");
    return Reply.of(200, "Quota of " + member.username() + ":", lines, "End");
  }

  private static void describe(QuotaLedger.Usage usage, List<String> lines) {
    lines.add("Stored: " + usage.usedBytes() + " of " + limit(usage.quotaBytes()) + " bytes");
    lines.add("Files: " + usage.usedFiles() + " of " + limit(usage.quotaFiles()));
  }

  private static String limit(Optional<Long> most) {
    return most.map(String::valueOf).orElse("unlimited");
  }

  /** Who is there, as operators see it on the console. */
  private static Reply who(LoggedIn member, String nothing) {
    member.require(Action.SEE_ALL_TRANSFERS);
    List<OpenSession> open =
        member.session().services().sessions().opened().stream()
            .filter(s -> s.session().isCounted() && s.session().channel() != Channel.API)
            .toList();
    List<String> lines = new ArrayList<>();
    open.stream().limit(MOST_SESSIONS).map(SiteVerbs::line).forEach(lines::add);
    if (open.size() > MOST_SESSIONS) {
      lines.add("and " + (open.size() - MOST_SESSIONS) + " more");
    }
    return Reply.of(200, "Sessions:", lines, open.size() + " in all");
  }

  private static String line(OpenSession open) {
    String client = open.session().client().map(c -> " by " + c).orElse("");
    return "%s %s from %s since %s%s"
        .formatted(
            open.account().username(),
            open.session().channel(),
            open.session().address(),
            open.since(),
            client);
  }
}
