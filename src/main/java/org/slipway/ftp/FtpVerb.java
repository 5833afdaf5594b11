package org.slipway.ftp;

import static org.slipway.ftp.ArgumentRule.LISTED_PATH;
import static org.slipway.ftp.ArgumentRule.NONE;
import static org.slipway.ftp.ArgumentRule.OPTIONAL_PATH;
import static org.slipway.ftp.ArgumentRule.OPTIONAL_TEXT;
import static org.slipway.ftp.ArgumentRule.PATH;
import static org.slipway.ftp.ArgumentRule.PATH_AND_NUMBERS;
import static org.slipway.ftp.ArgumentRule.TEXT;
import static org.slipway.ftp.ArgumentRule.WORD_AND_PATH;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.Permission;
import org.slipway.ftp.VerbAction.ForAnyone;
import org.slipway.ftp.VerbAction.ForMember;
import org.slipway.ftp.VerbAction.ForStranger;
import org.slipway.ftp.VerbAction.OnPath;
import org.slipway.ftp.VerbAction.OnPathAndMore;
import org.slipway.ftp.VerbAction.OnPathBeside;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.VirtualPath;

/**
 * The one table of commands. The checks before a command, HELP and FEAT all come from it; what a
 * command does stands in the class of its topic.
 */
enum FtpVerb {
  USER(TEXT, "<SP> user-name", LoginVerbs::user),
  PASS(TEXT, "<SP> password", LoginVerbs::pass),
  QUIT(NONE, "", LoginVerbs::quit),
  AUTH(TEXT, "<SP> TLS", SecurityVerbs::auth),
  PBSZ(TEXT, "<SP> 0", SecurityVerbs::pbsz),
  PROT(TEXT, "<SP> C | P", SecurityVerbs::prot),
  CCC(NONE, "", SecurityVerbs::ccc),
  REIN(NONE, "", LoginVerbs::rein),
  HOST(TEXT, "<SP> host-name", LoginVerbs::host),
  NOOP(NONE, "", InformationVerbs::noop),
  SYST(NONE, "", InformationVerbs::syst),
  FEAT(NONE, "", InformationVerbs::feat),
  HELP(OPTIONAL_TEXT, "[<SP> command]", InformationVerbs::help),
  OPTS(TEXT, "<SP> command [<SP> options]", InformationVerbs::opts),
  CLNT(TEXT, "<SP> name", InformationVerbs::clnt),
  LANG(OPTIONAL_TEXT, "[<SP> en | zh]", InformationVerbs::lang),
  SITE(TEXT, "<SP> command", SiteVerbs::site),
  STAT(OPTIONAL_TEXT, "[<SP> path]", InformationVerbs::stat),
  TYPE(TEXT, "<SP> A | I | L 8", ConnectionVerbs::type),
  MODE(TEXT, "<SP> S | Z", ConnectionVerbs::mode),
  STRU(TEXT, "<SP> F", ConnectionVerbs::stru),
  PASV(NONE, "", ConnectionVerbs::pasv),
  EPSV(OPTIONAL_TEXT, "[<SP> 1 | 2 | ALL]", ConnectionVerbs::epsv),
  PORT(TEXT, "<SP> h1,h2,h3,h4,p1,p2", ConnectionVerbs::port),
  EPRT(TEXT, "<SP> |1 or 2|address|port|", ConnectionVerbs::eprt),
  ABOR(NONE, "", ConnectionVerbs::abor),
  ALLO(TEXT, "<SP> bytes", UploadVerbs::allo),
  REST(TEXT, "<SP> offset", ConnectionVerbs::rest),
  PWD(NONE, "", NavigationVerbs::pwd),
  CWD(PATH, "<SP> path", null, NavigationVerbs::cwd),
  CDUP(NONE, "", NavigationVerbs::cdup),
  MKD(PATH, "<SP> path", Permission.MAKE_FOLDER, NavigationVerbs::mkd),
  RMD(PATH, "<SP> path", Permission.DELETE, NavigationVerbs::rmd),
  LIST(LISTED_PATH, "[<SP> path]", Permission.LIST, ListingVerbs::list),
  NLST(LISTED_PATH, "[<SP> path]", Permission.LIST, ListingVerbs::nlst),
  MLSD(OPTIONAL_PATH, "[<SP> path]", Permission.LIST, ListingVerbs::mlsd),
  MLST(OPTIONAL_PATH, "[<SP> path]", Permission.LIST, ListingVerbs::mlst),
  SIZE(PATH, "<SP> path", Permission.LIST, FileVerbs::size),
  MDTM(PATH, "<SP> path", Permission.LIST, FileVerbs::mdtm),
  MFMT(WORD_AND_PATH, "<SP> YYYYMMDDHHMMSS <SP> path", Permission.WRITE, FileVerbs::mfmt),
  MFF(WORD_AND_PATH, "<SP> modify=YYYYMMDDHHMMSS; <SP> path", Permission.WRITE, FileVerbs::mff),
  HASH(PATH, "<SP> path", Permission.READ, ChecksumVerbs::hash),
  XCRC(PATH_AND_NUMBERS, "<SP> path", Permission.READ, ChecksumVerbs::xcrc),
  XMD5(PATH_AND_NUMBERS, "<SP> path", Permission.READ, ChecksumVerbs::xmd5),
  XSHA256(PATH_AND_NUMBERS, "<SP> path", Permission.READ, ChecksumVerbs::xsha256),
  RETR(PATH, "<SP> path", Permission.READ, FileVerbs::retr),
  STOR(PATH, "<SP> path", Permission.WRITE, UploadVerbs::stor),
  AVBL(OPTIONAL_PATH, "[<SP> folder]", Permission.WRITE, FileVerbs::avbl),
  APPE(PATH, "<SP> path", Permission.WRITE, UploadVerbs::appe),
  STOU(OPTIONAL_TEXT, "[<SP> path]", UploadVerbs::stou),
  DELE(PATH, "<SP> path", Permission.DELETE, FileVerbs::dele),
  RNFR(PATH, "<SP> path", Permission.RENAME, FileVerbs::rnfr),
  RNTO(PATH, "<SP> path", Permission.RENAME, FileVerbs::rnto);

  private static final Reply NOT_LOGGED_IN = new Reply(530, "Log in with USER and PASS first.");
  private static final Reply LOGGED_IN = new Reply(503, "Already logged in.");

  private static final Reply TLS_PROTECTS =
      new Reply(502, "Left out: what RFC 2228 protects by itself, TLS protects.");
  private static final Reply LONG_ADDRESSES =
      new Reply(502, "Left out: EPRT and EPSV name addresses of every family.");

  /** Commands of the RFCs that are left out on purpose, and what they are answered. */
  private static final Map<String, Reply> LEFT_OUT =
      Map.ofEntries(
          Map.entry("ACCT", new Reply(202, "No account is asked for beside user and password.")),
          Map.entry("SMNT", new Reply(502, "Left out: there is one tree, and nothing to mount.")),
          Map.entry("ADAT", TLS_PROTECTS),
          Map.entry("CONF", TLS_PROTECTS),
          Map.entry("ENC", TLS_PROTECTS),
          Map.entry("MIC", TLS_PROTECTS),
          Map.entry("LPRT", LONG_ADDRESSES),
          Map.entry("LPSV", LONG_ADDRESSES));

  /** Old names (RFC 775, RFC 1123 section 4.1.3.1). */
  private static final Map<String, FtpVerb> ALIASES =
      Map.of("XPWD", PWD, "XCWD", CWD, "XCUP", CDUP, "XMKD", MKD, "XRMD", RMD);

  /** Heard at once while data moves; all others wait for the end of the transfer. */
  private static final Set<FtpVerb> DURING_TRANSFER = EnumSet.of(ABOR, STAT, NOOP);

  /** What opens a data connection. */
  private static final Set<FtpVerb> MOVES_DATA =
      EnumSet.of(RETR, STOR, STOU, APPE, LIST, NLST, MLSD);

  /**
   * In FEAT (RFC 2389 section 3.2): what is later than RFC 959, and ALLO, which lftp sends only
   * where it is listed (and its user has set {@code ftp:use-allo}).
   */
  private static final Set<FtpVerb> FEATURES =
      EnumSet.of(
          ALLO, AVBL, CLNT, EPRT, EPSV, HASH, HOST, LANG, MDTM, MFF, MFMT, MLST, MODE, REST, SIZE,
          XCRC, XMD5, XSHA256);

  private static final Map<String, FtpVerb> BY_NAME = byName();

  private final ArgumentRule rule;
  private final String syntax;
  private final Permission permission;
  private final VerbAction action;

  FtpVerb(ArgumentRule rule, String syntax, ForAnyone action) {
    this(rule, syntax, null, (VerbAction) action);
  }

  FtpVerb(ArgumentRule rule, String syntax, ForStranger action) {
    this(rule, syntax, null, (VerbAction) action);
  }

  FtpVerb(ArgumentRule rule, String syntax, ForMember action) {
    this(rule, syntax, null, (VerbAction) action);
  }

  /**
   * @param permission that the path needs; null for none
   */
  FtpVerb(ArgumentRule rule, String syntax, Permission permission, OnPath action) {
    this(rule, syntax, permission, (VerbAction) action);
  }

  FtpVerb(ArgumentRule rule, String syntax, Permission permission, OnPathAndMore action) {
    this(rule, syntax, permission, (VerbAction) action);
  }

  FtpVerb(ArgumentRule rule, String syntax, Permission permission, OnPathBeside action) {
    this(rule, syntax, permission, (VerbAction) action);
  }

  FtpVerb(ArgumentRule rule, String syntax, Permission permission, VerbAction action) {
    this.rule = rule;
    this.syntax = syntax;
    this.permission = permission;
    this.action = action;
  }

  private static Map<String, FtpVerb> byName() {
    Map<String, FtpVerb> result = new HashMap<>(ALIASES);
    for (FtpVerb verb : values()) {
      result.put(verb.name(), verb);
    }
    return Map.copyOf(result);
  }

  static Optional<FtpVerb> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The answer to a command that is left out on purpose. */
  static Optional<Reply> leftOut(String name) {
    return Optional.ofNullable(LEFT_OUT.get(name));
  }

  static Set<FtpVerb> features() {
    return FEATURES;
  }

  boolean isHeardDuringTransfer() {
    return DURING_TRANSFER.contains(this);
  }

  /** Whether it is answered beside the control connection, which goes on listening. */
  boolean takesItsTime() {
    return action instanceof OnPathBeside;
  }

  /** For HELP. */
  String syntax() {
    return syntax.isEmpty() ? name() : name() + " " + syntax;
  }

  /** Makes every check that the table asks for, then does it. */
  Reply answer(FtpSession session, String argument) throws InterruptedException {
    return switch (action) {
      case ForAnyone a -> {
        Optional<Reply> objection = rule.objection(argument);
        yield objection.isPresent() ? objection.get() : a.run(session, argument);
      }
      case ForStranger a -> {
        if (!(session.stage() instanceof BeforeLogin stage)) {
          yield LOGGED_IN;
        }
        Optional<Reply> objection = rule.objection(argument);
        yield objection.isPresent() ? objection.get() : a.run(session, stage, argument);
      }
      case ForMember a ->
          session.stage() instanceof LoggedIn member
              ? memberAnswer(member, argument, a)
              : NOT_LOGGED_IN;
      case OnPath a ->
          session.stage() instanceof LoggedIn member
              ? pathAnswer(member, argument, (in, all, path) -> a.run(in, path))
              : NOT_LOGGED_IN;
      case OnPathAndMore a ->
          session.stage() instanceof LoggedIn member
              ? pathAnswer(member, argument, a)
              : NOT_LOGGED_IN;
      case OnPathBeside a ->
          session.stage() instanceof LoggedIn member
              ? pathAnswer(
                  member, argument, (in, all, path) -> a.run(in, in.longAnswer(), all, path))
              : NOT_LOGGED_IN;
    };
  }

  private Reply memberAnswer(LoggedIn member, String argument, ForMember action)
      throws InterruptedException {
    member.beginCommand(this);
    Optional<Reply> objection = rule.objection(argument).or(() -> dataObjection(member));
    return objection.isPresent() ? objection.get() : action.run(member, argument);
  }

  private Optional<Reply> dataObjection(LoggedIn member) {
    return MOVES_DATA.contains(this)
        ? member.session().security().dataObjection(member.policy())
        : Optional.empty();
  }

  private Reply pathAnswer(LoggedIn member, String argument, OnPathAndMore action)
      throws InterruptedException {
    member.beginCommand(this);
    Optional<Reply> objection = rule.objection(argument);
    if (objection.isPresent()) {
      return objection.get();
    }
    Optional<Reply> unprotected = dataObjection(member);
    if (unprotected.isPresent()) {
      return unprotected.get();
    }
    VirtualPath path = member.folder().resolve(rule.path(argument));
    if (permission == null) {
      member.account();
    } else {
      member.require(permission, path);
    }
    return action.run(member, argument, path);
  }
}
