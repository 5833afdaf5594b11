package org.slipway.ftp;

import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.QuotaLedger;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.ftp.wire.Reply;
import org.slipway.storage.FileFacts;
import org.slipway.storage.OpenFile;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;
import org.slipway.transfers.TransferDescription.Direction;

/**
 * Uploads: STOR APPE STOU ALLO (RFC 959 section 4.1.3), also behind REST (RFC 3659 section 5). What
 * is added to a file makes a new one, which takes the place of the old one when it is whole.
 */
final class UploadVerbs {
  private static final int RANDOM_LETTERS = 12;

  /** What is added to a file, or finds a name by itself, may be something else the next time. */
  private static final LongConsumer NOT_REMEMBERED = came -> {};

  private UploadVerbs() {}

  static Reply stor(LoggedIn member, VirtualPath path) {
    Optional<Long> announced = member.parameters().takeAnnounced();
    long from = member.parameters().takeRestart();
    if (!member.dataPorts().hasEndpoint()) {
      return FileVerbs.NO_ENDPOINT;
    }
    OnConflict onConflict = onConflict(member, path);
    LongConsumer overQuota = came -> member.refusedUploads().add(path, came);
    if (announced.isEmpty()) {
      refuseAgain(member, path, onConflict);
    }
    if (from == 0) {
      return begin(member, path, onConflict, announced, overQuota);
    }
    if (member.parameters().type() == TransferParameters.Type.ASCII) {
      return FileVerbs.REST_IN_TEXT;
    }
    Optional<FileFacts> there = member.home().stat(path);
    there.ifPresent(file -> requireReplaceable(member, path, file));
    if (there.isEmpty() || from > there.get().size()) {
      return new Reply(554, "REST is behind the end of the file.");
    }
    long size = announced.map(bytes -> Math.max(bytes, from)).orElse(from);
    return goOn(member, path, from, size, AnnouncedLength.ofFile(announced), overQuota);
  }

  static Reply appe(LoggedIn member, VirtualPath path) {
    Optional<Long> announced = member.parameters().takeAnnounced();
    member.parameters().takeRestart();
    if (!member.dataPorts().hasEndpoint()) {
      return FileVerbs.NO_ENDPOINT;
    }
    Optional<FileFacts> there = member.home().stat(path);
    if (there.isEmpty()) {
      return begin(member, path, onConflict(member, path), announced, NOT_REMEMBERED);
    }
    requireReplaceable(member, path, there.get());
    long size = there.get().size();
    return goOn(
        member,
        path,
        size,
        size + announced.orElse(0L),
        AnnouncedLength.ofAddition(announced),
        NOT_REMEMBERED);
  }

  /**
   * The same upload that was refused before gets the same answer before its data, as long as there
   * is not even room for what had come.
   */
  private static void refuseAgain(LoggedIn member, VirtualPath path, OnConflict onConflict) {
    long least = member.refusedUploads().leastSize(path);
    if (least == 0) {
      return;
    }
    long replaced =
        onConflict == OnConflict.OVERWRITE
            ? member.home().stat(path).map(FileFacts::size).orElse(0L)
            : 0;
    member
        .home()
        .usage(path.parent().orElse(VirtualPath.ROOT))
        .flatMap(QuotaLedger.Usage::leftBytes)
        .filter(left -> left + replaced < least)
        .ifPresent(left -> {
          throw new RefusedException(
              Refusal.Kind.OVER_QUOTA,
              "The quota still has no room for this file; ALLO tells if it has become smaller");
        });
  }

  /** A name that nobody else comes upon; the reply tells it (RFC 1123 section 4.1.2.9). */
  static Reply stou(LoggedIn member, String wish) {
    Optional<Long> announced = member.parameters().takeAnnounced();
    member.parameters().takeRestart();
    VirtualPath wanted =
        wish.isBlank() ? member.folder().child("upload") : member.folder().resolve(wish);
    if (wanted.isRoot()) {
      throw new RefusedException(Refusal.Kind.BAD_NAME, "The home itself has no other name");
    }
    String letters = UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM_LETTERS);
    VirtualPath path = wanted.sibling(wanted.name() + "." + letters);
    member.require(Permission.WRITE, path);
    if (!member.dataPorts().hasEndpoint()) {
      return FileVerbs.NO_ENDPOINT;
    }
    begin(member, path, OnConflict.REJECT, announced, NOT_REMEMBERED);
    boolean here = path.parent().equals(Optional.of(member.folder()));
    return new Reply(150, "FILE: " + (here ? path.name() : path));
  }

  private static Reply begin(
      LoggedIn member,
      VirtualPath path,
      OnConflict onConflict,
      Optional<Long> size,
      LongConsumer overQuota) {
    Upload upload = member.home().upload(path, onConflict, size, false);
    ReceiveFile job =
        new ReceiveFile(
            upload,
            path,
            member.parameters().type(),
            Optional.empty(),
            AnnouncedLength.ofFile(size),
            overQuota);
    prepare(member, job, size);
    return new Reply(150, "Ready for " + path.name() + ".");
  }

  private static void requireReplaceable(LoggedIn member, VirtualPath path, FileFacts there) {
    member.require(Permission.OVERWRITE, path);
    if (there.folder()) {
      throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "That is a folder");
    }
  }

  /** The first bytes of what is there, then what comes. */
  private static Reply goOn(
      LoggedIn member,
      VirtualPath path,
      long from,
      long size,
      AnnouncedLength announced,
      LongConsumer overQuota) {
    OpenFile file = member.home().open(path);
    FileBeginning beginning = new FileBeginning(file, from, () -> member.home().stat(path));
    Upload upload;
    try {
      upload = member.home().upload(path, member.account().onConflict(), Optional.of(size), false);
    } catch (RuntimeException e) {
      beginning.close();
      throw e;
    }
    ReceiveFile job =
        new ReceiveFile(
            upload, path, member.parameters().type(), Optional.of(beginning), announced, overQuota);
    prepare(member, job, Optional.of(size - from));
    return new Reply(150, "Ready for " + path.name() + " from " + from + ".");
  }

  private static void prepare(LoggedIn member, ReceiveFile job, Optional<Long> bytes) {
    Optional<Long> known = bytes.filter(n -> n > 0);
    VirtualPath path = job.asked();
    member.prepare(job, FileVerbs.description(member, Direction.UP, path, known));
  }

  /** Without the permission to overwrite, what exists is never replaced. */
  private static OnConflict onConflict(LoggedIn member, VirtualPath path) {
    OnConflict wanted = member.account().onConflict();
    return wanted == OnConflict.OVERWRITE
            && !member.permissionsAt(path).contains(Permission.OVERWRITE)
        ? OnConflict.REJECT
        : wanted;
  }

  /**
   * Nothing needs to be allocated; the size lets a lack of quota show before the data, and an
   * upload that was cut show behind it. What can be stored in no way is refused at once; what
   * replaces a file may need less, so that the rest shows when the file is named.
   */
  static Reply allo(LoggedIn member, String argument) {
    Optional<Long> bytes = ConnectionVerbs.number(argument.strip().split(" ", 2)[0]);
    if (bytes.isEmpty()) {
      return new Reply(501, "ALLO takes a number of bytes.");
    }
    boolean replaces = member.account().onConflict() == OnConflict.OVERWRITE;
    Optional<Long> most =
        member
            .home()
            .usage(member.folder())
            .flatMap(replaces ? QuotaLedger.Usage::quotaBytes : QuotaLedger.Usage::leftBytes);
    if (most.isPresent() && bytes.get() > most.get()) {
      throw new RefusedException(
          Refusal.Kind.OVER_QUOTA, "The quota leaves no more than " + most.get() + " bytes");
    }
    member.parameters().announced(bytes.get());
    return new Reply(200, "Noted.");
  }
}
