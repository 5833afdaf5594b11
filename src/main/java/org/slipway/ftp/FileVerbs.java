package org.slipway.ftp;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.MachineListing;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.FileFacts;
import org.slipway.storage.OpenFile;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription;
import org.slipway.transfers.TransferDescription.Direction;

/**
 * Files: RETR DELE RNFR RNTO (RFC 959 section 4.1.3), SIZE MDTM (RFC 3659), MFMT MFF
 * (draft-somers-ftp-mfxx), AVBL.
 */
final class FileVerbs {
  static final Reply NO_ENDPOINT = new Reply(425, "Send EPSV, PASV, EPRT or PORT first.");

  static final Reply REST_IN_TEXT = new Reply(504, "Restarting needs TYPE I.");

  private static final Reply NO_TIME = new Reply(501, "The time is YYYYMMDDHHMMSS of UTC.");

  private static final Pattern MODIFY_FACT =
      Pattern.compile("modify=([^;]*);", Pattern.CASE_INSENSITIVE);

  private FileVerbs() {}

  static Reply size(LoggedIn member, VirtualPath path) {
    if (member.parameters().type() == TransferParameters.Type.ASCII) {
      return new Reply(550, "SIZE needs TYPE I.");
    }
    return new Reply(213, Long.toString(file(member, path).size()));
  }

  /** Bytes that can still be stored in a folder, as its owner's quota and the disk have it. */
  static Reply avbl(LoggedIn member, VirtualPath path) {
    if (!path.isRoot() && !NavigationVerbs.facts(member, path).folder()) {
      throw new RefusedException(Refusal.Kind.NOT_A_FOLDER, "That is no folder");
    }
    return new Reply(213, Long.toString(member.home().free(path)));
  }

  static Reply mdtm(LoggedIn member, VirtualPath path) {
    return new Reply(213, MachineListing.time(file(member, path).modified()));
  }

  static Reply mfmt(LoggedIn member, String timeAndPath, VirtualPath path) {
    String text = timeAndPath.split(" ", 2)[0];
    return MachineListing.parseTime(text)
        .map(time -> {
          modify(member, path, time);
          return new Reply(213, "Modify=" + MachineListing.time(time) + "; " + path);
        })
        .orElse(NO_TIME);
  }

  /** Of all facts only the time of the last change can be set. */
  static Reply mff(LoggedIn member, String factsAndPath, VirtualPath path) {
    Matcher facts = MODIFY_FACT.matcher(factsAndPath.split(" ", 2)[0]);
    if (!facts.matches()) {
      return new Reply(504, "Only the fact modify can be set: modify=YYYYMMDDHHMMSS;");
    }
    return MachineListing.parseTime(facts.group(1))
        .map(time -> {
          modify(member, path, time);
          return new Reply(213, "modify=" + MachineListing.time(time) + "; " + path);
        })
        .orElse(NO_TIME);
  }

  /** Who sets the time of a file could as well have replaced it. */
  static void modify(LoggedIn member, VirtualPath path, Instant time) {
    member.require(Permission.WRITE, path);
    member.require(Permission.OVERWRITE, path);
    member.home().setModified(path, time);
  }

  private static FileFacts file(LoggedIn member, VirtualPath path) {
    FileFacts facts = NavigationVerbs.facts(member, path);
    if (facts.folder()) {
      throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "That is a folder");
    }
    return facts;
  }

  static Reply retr(LoggedIn member, VirtualPath path) {
    long from = member.parameters().takeRestart();
    if (!member.dataPorts().hasEndpoint()) {
      return NO_ENDPOINT;
    }
    TransferParameters.Type type = member.parameters().type();
    if (from > 0 && type == TransferParameters.Type.ASCII) {
      return REST_IN_TEXT;
    }
    OpenFile file = member.home().open(path);
    SendFile job = new SendFile(file, from, type);
    if (from > file.size()) {
      job.close();
      return new Reply(554, "REST is behind the end of the file.");
    }
    long count = file.size() - from;
    member.prepare(job, description(member, Direction.DOWN, path, Optional.of(count)));
    return new Reply(150, "Sending " + path.name() + " (" + count + " bytes).");
  }

  static TransferDescription description(
      LoggedIn member, Direction direction, VirtualPath path, Optional<Long> bytes) {
    return new TransferDescription(
        "FTP",
        direction,
        Optional.of(member.username()),
        Optional.empty(),
        member.address(),
        path.toString(),
        bytes);
  }

  static Reply dele(LoggedIn member, VirtualPath path) {
    member.home().deleteFile(path);
    return new Reply(250, "File deleted.");
  }

  static Reply rnfr(LoggedIn member, VirtualPath path) {
    if (path.isRoot()) {
      throw new RefusedException(Refusal.Kind.NO_PERMISSION, "The home itself stays");
    }
    NavigationVerbs.facts(member, path);
    member.renameFrom(path);
    return new Reply(350, "Send RNTO with the new name.");
  }

  static Reply rnto(LoggedIn member, VirtualPath path) {
    Optional<VirtualPath> from = member.takeRenameFrom();
    if (from.isEmpty()) {
      return new Reply(503, "Send RNFR first.");
    }
    member.requireMove(from.get(), path, NavigationVerbs.facts(member, from.get()).folder());
    member.home().rename(from.get(), path);
    return new Reply(250, "Renamed.");
  }
}
