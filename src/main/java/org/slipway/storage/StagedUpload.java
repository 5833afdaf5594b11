package org.slipway.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger.Publication;
import org.slipway.accounts.QuotaLedger.StoredFile;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;

/**
 * An upload into a file of the staging folder, which nobody sees. Not for several threads at once.
 */
final class StagedUpload implements Upload {
  private final Folders folders;
  private final Space space;
  private final Space.Claim claim;
  private final VirtualPath file;
  private final OnConflict onConflict;
  private final boolean makeParents;
  private final String stagedName;
  private final FileChannel channel;
  private long size;
  private long claimed;
  private boolean published;
  private boolean closed;

  /** Where it will go, and how. */
  record Target(VirtualPath file, OnConflict onConflict, boolean makeParents) {}

  private StagedUpload(
      Folders folders,
      Space space,
      Space.Claim claim,
      Target target,
      String stagedName,
      FileChannel channel) {
    this.folders = folders;
    this.space = space;
    this.claim = claim;
    this.file = target.file();
    this.onConflict = target.onConflict();
    this.makeParents = target.makeParents();
    this.stagedName = stagedName;
    this.channel = channel;
  }

  static StagedUpload begin(Folders folders, Space space, Target target) {
    Space.Claim claim = space.claim(target.file(), () -> replacedBy(folders, target));
    try {
      String name = UUID.randomUUID().toString();
      return new StagedUpload(folders, space, claim, target, name, open(folders, name));
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  /**
   * The file whose place it will take.
   *
   * @throws RefusedException if nothing may be stored under the name
   */
  private static Optional<StoredFile> replacedBy(Folders folders, Target target) {
    VirtualPath file = target.file();
    Optional<BasicFileAttributes> there = there(folders, target);
    if (there.filter(BasicFileAttributes::isDirectory).isPresent()) {
      throw Faults.refused(Kind.IS_A_FOLDER, file + " is a folder");
    }
    Optional<BasicFileAttributes> old = there.filter(BasicFileAttributes::isRegularFile);
    if (old.isPresent() && target.onConflict() == OnConflict.REJECT) {
      throw Faults.refused(Kind.ALREADY_EXISTS, file + " exists already");
    }
    return target.onConflict() == OnConflict.OVERWRITE
        ? old.map(StagedUpload::stored)
        : Optional.empty();
  }

  private static Optional<BasicFileAttributes> there(Folders folders, Target target) {
    try {
      return folders.in(
          target.file().parent().orElseThrow(), f -> Folders.attributes(f, target.file().name()));
    } catch (RefusedException e) {
      Kind kind = e.refusal().kind();
      if (target.makeParents() && (kind == Kind.NO_SUCH_FILE || kind == Kind.NOT_A_FOLDER)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static StoredFile stored(BasicFileAttributes a) {
    return new StoredFile(a.fileKey(), a.size());
  }

  private static FileChannel open(Folders folders, String name) {
    return folders.inStaging(s ->
        (FileChannel)
            s.newByteChannel(
                Path.of(name),
                Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS)));
  }

  /** Claims the whole size ahead, so that what cannot fit is refused before any byte. */
  void expect(long bytes) {
    try {
      claimUpTo(bytes);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    claimUpTo(size + bytes.remaining());
    try {
      while (bytes.hasRemaining()) {
        size += channel.write(bytes);
      }
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
  }

  @Override
  public long transferFrom(ReadableByteChannel source, LongConsumer progress) throws IOException {
    long before = size;
    ByteBuffer buffer = TransferBuffers.take();
    try {
      while (source.read(buffer) >= 0) {
        buffer.flip();
        int n = buffer.remaining();
        write(buffer);
        buffer.clear();
        progress.accept(n);
      }
      return size - before;
    } finally {
      TransferBuffers.give(buffer);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Published publish() {
    try {
      channel.force(false);
      channel.close();
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
    return space.inOrder(() -> {
      if (makeParents) {
        folders.makeAll(file.parent().orElseThrow());
      }
      return folders.in(file.parent().orElseThrow(), this::publishIn);
    });
  }

  private Published publishIn(SecureDirectoryStream<Path> folder) {
    Publishing publishing = new Publishing(folder);
    claim.commit(size, publishing);
    published = true;
    return new Published(file.sibling(publishing.name), size, publishing.replacedBytes);
  }

  /** The rename, and what it replaces; both while nothing else of the area changes. */
  private final class Publishing implements Publication {
    private final SecureDirectoryStream<Path> folder;
    private String name = file.name();
    private Optional<Long> replacedBytes = Optional.empty();

    Publishing(SecureDirectoryStream<Path> folder) {
      this.folder = folder;
    }

    @Override
    public Optional<StoredFile> replaced() {
      Optional<BasicFileAttributes> there = attributes(name);
      if (there.isEmpty()) {
        return Optional.empty();
      }
      if (onConflict == OnConflict.RENAME) {
        name = freeName();
        return Optional.empty();
      }
      if (onConflict == OnConflict.REJECT) {
        throw Faults.refused(Kind.ALREADY_EXISTS, file + " exists already");
      }
      if (!there.get().isRegularFile()) {
        throw Faults.refused(Kind.IS_A_FOLDER, file + " is a folder");
      }
      replacedBytes = Optional.of(there.get().size());
      return there.map(StagedUpload::stored);
    }

    @Override
    public void perform() {
      space.publishing(file.sibling(name), size);
      folders.inStaging(staging -> {
        staging.move(Path.of(stagedName), folder, Path.of(name));
        return null;
      });
    }

    private String freeName() {
      String base = file.name() + ".new";
      String candidate = base;
      for (int i = 2; attributes(candidate).isPresent(); i++) {
        candidate = base + "." + i;
      }
      return candidate;
    }

    private Optional<BasicFileAttributes> attributes(String candidate) {
      try {
        return Folders.attributes(folder, candidate);
      } catch (IOException e) {
        throw Faults.of(e, file);
      }
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
      if (!published) {
        folders.inStaging(s -> {
          s.deleteFile(Path.of(stagedName));
          return null;
        });
      }
    } catch (IOException e) {
      throw Faults.of(e, file);
    } finally {
      claim.close();
    }
  }

  /** Asks even where enough is claimed: the quota may have been lowered. */
  private void claimUpTo(long bytes) {
    claim.add(Math.max(0, bytes - claimed));
    claimed = Math.max(claimed, bytes);
  }
}
