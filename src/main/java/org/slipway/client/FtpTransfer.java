package org.slipway.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Moves one file by FTP, and goes on where it was when the connection breaks. A file gets its name
 * here when it is whole; there, it is the server that sees to it.
 */
final class FtpTransfer {
  private final ProgressBars bars;
  private final Narration narration;
  private final List<Duration> pauses;
  private final Interruption interruption;

  /**
   * @param pauses before each reconnection
   */
  FtpTransfer(
      ProgressBars bars, Narration narration, List<Duration> pauses, Interruption interruption) {
    this.bars = bars;
    this.narration = narration;
    this.pauses = pauses;
    this.interruption = interruption;
  }

  MovedFile run(FtpSession session, FtpJob job) throws IOException {
    session.permit();
    try (var _ = interruption.during(session::breakOff)) {
      return job.direction() == FtpJob.Direction.DOWN ? fetch(session, job) : send(session, job);
    }
  }

  private MovedFile fetch(FtpSession session, FtpJob job) throws IOException {
    long start = System.nanoTime();
    try (PartialFile file = new PartialFile(job.local().toAbsolutePath())) {
      if (job.resume() && Files.exists(job.local())) {
        file.begin(job.local());
      }
      boolean resumed = file.bytes() > 0;
      try (Progress progress = bars.start(RemotePath.name(job.remote()))) {
        progress.advance(file.bytes());
        resumed |= patiently(session, () -> session.retrieve(job.remote(), file, progress));
      }
      boolean verified = resumed && verify(session, job.remote(), file.sha256());
      file.publish();
      if (job.modified() != null) {
        Files.setLastModifiedTime(job.local(), FileTime.from(job.modified()));
      }
      return moved(job, job.remote(), file.bytes(), file.sha256(), verified, start);
    }
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
          });
    } catch (IOException e) {
      if (!existed && !job.resume()) {
        removeRest(session, job.remote());
      }
      throw e;
    }
    String sha256 = Checksums.of(job.local());
    boolean verified = job.resume() && verify(session, job.remote(), sha256);
    if (job.modified() != null) {
      session.setModified(job.remote(), job.modified());
    }
    return moved(job, job.remote(), Files.size(job.local()), sha256, verified, start);
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

  /**
   * @return whether it took more than one attempt
   */
  private boolean patiently(FtpSession session, Attempt attempt) throws IOException {
    for (int i = 0; ; i++) {
      try {
        if (i > 0) {
          session.reopen();
        }
        attempt.run();
        return i > 0;
      } catch (IOException e) {
        interruption.check();
        boolean hopeless = e instanceof FtpRefusedException refused && !refused.isTransient();
        if (hopeless || i == pauses.size()) {
          throw e;
        }
        narration.say(
            "The transfer broke off (%s); it goes on in %d s.",
            IoProblem.text(e), pauses.get(i).toSeconds());
        Pause.of(pauses.get(i));
      }
    }
  }

  private static boolean verify(FtpSession session, String remote, String sha256)
      throws IOException {
    Optional<String> expected = session.sha256(remote);
    if (expected.isPresent() && !expected.get().equals(sha256)) {
      throw new CommandFailedException(
          ExitCode.CHECKSUM_MISMATCH,
          Text.of(
              "\"%s\" was put together from two parts, and its sha256 is %s here, but %s at the"
                  + " server: what was there is the beginning of another file. Move it anew.",
              Printable.of(remote), sha256, expected.get()));
    }
    return expected.isPresent();
  }

  private static MovedFile moved(
      FtpJob job, String name, long bytes, String sha256, boolean verified, long start) {
    return new MovedFile(
        name,
        null,
        MovedFile.Protocol.FTP,
        job.local(),
        bytes,
        sha256,
        verified,
        MovedFile.secondsSince(start));
  }
}
