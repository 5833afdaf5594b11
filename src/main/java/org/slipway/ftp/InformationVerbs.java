package org.slipway.ftp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slipway.ftp.wire.MachineListing.Fact;
import org.slipway.ftp.wire.Reply;

/** NOOP, SYST, FEAT, HELP, OPTS, STAT (RFC 959 section 4.1.3, RFC 2389), LANG (RFC 2640), CLNT. */
final class InformationVerbs {
  private static final int HELP_COLUMNS = 8;
  private static final int LONGEST_CLIENT = 80;
  private static final Reply ALWAYS_UTF8 = new Reply(504, "Names are always UTF-8.");

  private InformationVerbs() {}

  static Reply noop(FtpSession session, String nothing) {
    return new Reply(200, "OK.");
  }

  /** Clients read from it that listings look like those of {@code ls}. */
  static Reply syst(FtpSession session, String nothing) {
    return new Reply(215, "UNIX Type: L8");
  }

  static Reply feat(FtpSession session, String nothing) {
    List<String> lines = new ArrayList<>();
    for (FtpVerb verb : FtpVerb.features()) {
      if (verb == FtpVerb.EPRT && !ConnectionVerbs.isActiveOffered(session)) {
        continue;
      }
      lines.add(
          switch (verb) {
            case MLST -> "MLST " + Fact.feature(facts(session));
            case REST -> "REST STREAM";
            case LANG -> "LANG " + ReplyLanguage.feature(session.language());
            case MODE -> "MODE Z";
            case MFF -> "MFF modify;";
            case HASH -> "HASH " + HashAlgorithm.feature(hash(session));
            default -> verb.name();
          });
    }
    if (session.security().isOffered()) {
      lines.addAll(List.of("AUTH TLS", "PBSZ", "PROT"));
    }
    lines.add("TVFS");
    lines.add("UTF8");
    lines.sort(null);
    return Reply.of(211, "Features:", lines, "End");
  }

  private static Set<Fact> facts(FtpSession session) {
    return session.stage() instanceof LoggedIn in
        ? in.parameters().facts()
        : java.util.EnumSet.allOf(Fact.class);
  }

  private static HashAlgorithm hash(FtpSession session) {
    return session.stage() instanceof LoggedIn in ? in.parameters().hash() : HashAlgorithm.SHA256;
  }

  static Reply help(FtpSession session, String command) {
    if (!command.isBlank()) {
      String name = command.strip().toUpperCase(Locale.ROOT);
      return FtpVerb.named(name)
          .map(verb -> new Reply(214, "Syntax: " + verb.syntax()))
          .or(() -> FtpVerb.leftOut(name).map(reply -> new Reply(214, name + ": " + reply.text())))
          .orElseGet(() -> new Reply(502, "Unknown command."));
    }
    List<String> names = Arrays.stream(FtpVerb.values()).map(FtpVerb::name).toList();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i += HELP_COLUMNS) {
      lines.add(String.join(" ", names.subList(i, Math.min(i + HELP_COLUMNS, names.size()))));
    }
    return Reply.of(214, "Commands:", lines, "HELP command shows its syntax.");
  }

  static Reply opts(FtpSession session, String argument) {
    String[] words = argument.strip().split(" +", 2);
    String options = words.length > 1 ? words[1] : "";
    return switch (words[0].toUpperCase(Locale.ROOT)) {
      case "UTF8" -> utf8(session, options);
      case "MLST" -> member(session, options, InformationVerbs::mlst);
      case "MODE" -> member(session, options, ConnectionVerbs::modeOptions);
      case "HASH" -> member(session, options, ChecksumVerbs::choose);
      default -> new Reply(501, "There are no options of that command.");
    };
  }

  /**
   * Who asks for UTF-8 behind its login gets it, whatever its account says, and may go back. Before
   * the login it says nothing: Windows' own client asks for UTF-8 there and then sends its own
   * bytes, for which the account has its character set.
   */
  private static Reply utf8(FtpSession session, String options) {
    boolean on = options.isEmpty() || options.equalsIgnoreCase("ON");
    if (!(session.stage() instanceof LoggedIn in)) {
      return on ? new Reply(200, "Names are UTF-8.") : ALWAYS_UTF8;
    }
    if (!on && in.nameCharset() == StandardCharsets.UTF_8) {
      return ALWAYS_UTF8;
    }
    session.names(on ? StandardCharsets.UTF_8 : in.nameCharset());
    return new Reply(200, "Names are " + session.names() + ".");
  }

  private static Reply member(
      FtpSession session, String options, BiFunction<LoggedIn, String, Reply> choose) {
    return session.stage() instanceof LoggedIn in
        ? choose.apply(in, options)
        : new Reply(530, "Log in with USER and PASS first.");
  }

  private static Reply mlst(LoggedIn in, String options) {
    Set<Fact> chosen = Fact.select(options);
    in.parameters().facts(chosen);
    return new Reply(200, ("MLST OPTS " + Fact.list(chosen)).strip());
  }

  /** The language of replies; without a tag the one that they begin in (RFC 2640 section 4.1). */
  static Reply lang(FtpSession session, String tag) {
    Optional<ReplyLanguage> wanted =
        tag.isBlank() ? Optional.of(ReplyLanguage.EN) : ReplyLanguage.of(tag.strip());
    return wanted
        .map(language -> {
          session.language(language);
          return switch (language) {
            case EN -> new Reply(200, "Replies are in English.");
            case ZH -> new Reply(200, "Replies are in Chinese.");
          };
        })
        .orElseGet(() -> new Reply(504, "There are replies in English and Chinese only."));
  }

  /** Shown beside the session on the console. */
  static Reply clnt(FtpSession session, String name) {
    String known = name.strip();
    session.client(known.substring(0, Math.min(known.length(), LONGEST_CLIENT)));
    return new Reply(200, "Noted.");
  }

  /** Also while data moves; then it shows how far that is. */
  static Reply stat(LoggedIn member, String path) {
    if (!path.isBlank()) {
      return ListingVerbs.stat(member, path);
    }
    List<String> lines = new ArrayList<>();
    lines.add("Logged in as " + member.username());
    lines.add("Folder " + member.folder());
    lines.add(
        "TYPE " + member.parameters().type() + "; STRU FILE; MODE " + member.parameters().mode());
    lines.add(member.transfer().flatMap(Ongoing::progress).orElse("No file is moving"));
    return Reply.of(211, "Status:", lines, "End");
  }
}
