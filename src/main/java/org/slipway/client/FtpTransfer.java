package org.slipway.client;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;

/**
 * Moves one file by FTP, and goes on where it was when the connection breaks. A file gets its name
 * here when it is whole; there, it is the server that sees to it.
 */
final class FtpTransfer {
  /** How often a connection that brought nothing is followed by another one. */
  static final int RECONNECTIONS = 6;

  private final ProgressBars bars;
  private final Narration narration;
  private final List<Duration> pauses;
  private final Interruption interruption;
  private final boolean checksum;

  /**
   * @param pauses before each reconnection
   * @param checksum whether each file's is computed, and compared with the server's where that
   *     computes one
   */
  FtpTransfer(
      ProgressBars bars,
      Narration narration,
      List<Duration> pauses,
      Interruption interruption,
      boolean checksum) {
    this.bars = bars;
    this.narration = narration;
    this.pauses = pauses;
    this.interruption = interruption;
    this.checksum = checksum;
  }

  /** Opens the first session of many transfers. */
  FtpSession open(FtpLogin login) throws IOException {
    FtpSession[] session = new FtpSession[1];
    patiently(() -> session[0] = FtpSession.open(login), () -> {}, () -> 0);
    return session[0];
  }

  MovedFile run(FtpSession session, FtpJob job) throws IOException {
    session.permit();
    try (var _ = interruption.during(session::breakOff)) {
      return job.direction() == FtpJob.Direction.DOWN ? fetch(session, job) : send(session, job);
    }
  }

  private MovedFile fetch(FtpSession session, FtpJob job) throws IOException {
    long start = System.nanoTime();
    PartialFile.Sum sum = PartialFile.Sum.of(checksum);
    try (PartialFile file = new PartialFile(job.local().toAbsolutePath(), sum)) {
      if (job.resume() && Files.isRegularFile(job.local())) {
        file.begin(job.local());
      }
      boolean verified =
          fetch(session, job.remote(), file)
              || checksum && verify(session, job.remote(), file.sha256(), false);
      file.publish();
      if (job.modified() != null) {
        Files.setLastModifiedTime(job.local(), FileTime.from(job.modified()));
      }
      String sha256 = checksum || verified ? file.sha256() : null;
      return moved(job, file.bytes(), sha256, verified, start);
    }
  }

  /**
   * Fetches into a file of the caller's, behind what that has already, and leaves it to the caller
   * to publish it.
   *
   * @return whether the server says that what was put together from parts is right
   */
  boolean fetch(FtpSession session, String remote, PartialFile file) throws IOException {
    boolean resumed = file.bytes() > 0;
    try (Progress progress = bars.start(RemotePath.name(remote))) {
      progress.advance(file.bytes());
      resumed |= patiently(session, () -> session.retrieve(remote, file, progress), file::bytes);
    }
    return resumed && verify(session, remote, file.sha256(), true);
  }

  private MovedFile send(FtpSession session, FtpJob job) throws IOException {
    long start = System.nanoTime();
    boolean existed = session.size(job.remote()).isPresent();
    String[] reply = new String[1];
    try (Progress progress = bars.start(RemotePath.name(job.remote()))) {
      boolean[] again = {job.resume()};
      patiently(
          session,
          () -> {
            long offset = again[0] ? offset(session, job) : 0;
            reply[0] = session.store(job.local(), job.remote(), offset, progress);
          },
          () -> 0);
    } catch (IOException e) {
      if (!existed && !job.resume()) {
        removeRest(session, job.remote());
      }
      throw e;
    }
    String sha256 = checksum || job.resume() ? Checksums.of(job.local()) : null;
    boolean verified = sha256 != null && verify(session, job.remote(), sha256, job.resume());
    if (job.modified() != null) {
      session.setModified(job.remote(), job.modified());
    }
    return moved(job, Files.size(job.local()), sha256, verified, start);
  }

  private static long offset(FtpSession session, FtpJob job) throws IOException {
    long there = session.size(job.remote()).orElse(0L);
    if (there > Files.size(job.local())) {
      throw new IOException(Text.of("the file there is longer already (%,d bytes)", there));
    }
    return there;
  }

  /** Servers that show what they have of a broken upload would keep it under its name. */
  private static void removeRest(FtpSession session, String remote) {
    try {
      if (session.size(remote).isPresent()) {
        session.delete(remote);
      }
    } catch (IOException e) {
      // The connection is gone: nothing can be done about it from here.
    }
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private boolean patiently(FtpSession session, Attempt attempt, LongSupplier position)
      throws IOException {
    return patiently(attempt, session::reopen, position);
  }

  /**
   * @param repair comes before every attempt but the first
   * @param position what got on since the last failure is a new beginning
   * @return whether it took more than one attempt
   */
  private boolean patiently(Attempt attempt, Attempt repair, LongSupplier position)
      throws IOException {
    long reached = position.getAsLong();
    boolean again = false;
    int failures = 0;
    while (true) {
      try {
        if (again) {
          repair.run();
        }
        attempt.run();
        return again;
      } catch (IOException e) {
        interruption.check();
        if (position.getAsLong() > reached) {
          reached = position.getAsLong();
          failures = 0;
        }
        if (!mayHelp(e) || failures == pauses.size()) {
          throw e;
        }
        Duration pause = pauses.get(failures++);
        narration.say(
            "The FTP connection failed (%s); it goes on in %d s.",
            IoProblem.text(e), pause.toSeconds());
        Pause.of(pause);
        again = true;
      }
    }
  }

  private static boolean mayHelp(IOException e) {
    return e instanceof FtpRefusedException refused
        ? refused.isTransient()
        : !(e instanceof FileSystemException
            || e instanceof LocalFileException
            || e instanceof SSLHandshakeException);
  }

  private static boolean verify(FtpSession session, String remote, String sha256, boolean resumed)
      throws IOException {
    Optional<String> expected = session.sha256(remote);
    if (expected.isPresent() && !expected.get().equals(sha256)) {
      throw new CommandFailedException(
          ExitCode.CHECKSUM_MISMATCH,
          resumed
              ? Text.of(
                  "\"%s\" was put together from two parts, and its sha256 is %s here, but %s at the"
                      + " server: what was there is the beginning of another file. Move it anew.",
                  Printable.of(remote), sha256, expected.get())
              : Text.of(
                  "\"%s\" has the sha256 %s here, but %s at the server: it was changed while it"
                      + " was moved. Move it anew.",
                  Printable.of(remote), sha256, expected.get()));
    }
    return expected.isPresent();
  }

  private static MovedFile moved(
      FtpJob job, long bytes, String sha256, boolean verified, long start) {
    return new MovedFile(
        job.remote(),
        null,
        MovedFile.Protocol.FTP,
        job.local(),
        bytes,
        sha256,
        verified,
        MovedFile.secondsSince(start));
  }
}
