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
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger.Publication;
import org.slipway.accounts.Refusal.Kind;

/**
 * An upload into a file of the staging folder, which nobody sees. Not for several threads at once.
 */
final class StagedUpload implements Upload {
  private final Folders folders;
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

  private StagedUpload(
      Folders folders,
      Space.Claim claim,
      VirtualPath file,
      OnConflict onConflict,
      boolean makeParents,
      String stagedName,
      FileChannel channel) {
    this.folders = folders;
    this.claim = claim;
    this.file = file;
    this.onConflict = onConflict;
    this.makeParents = makeParents;
    this.stagedName = stagedName;
    this.channel = channel;
  }

  static StagedUpload begin(
      Folders folders,
      Space.Claim claim,
      VirtualPath file,
      OnConflict onConflict,
      boolean makeParents) {
    String name = UUID.randomUUID().toString();
    try {
      FileChannel channel =
          folders.inStaging(s ->
              (FileChannel)
                  s.newByteChannel(
                      Path.of(name),
                      Set.of(
                          StandardOpenOption.CREATE_NEW,
                          StandardOpenOption.WRITE,
                          LinkOption.NOFOLLOW_LINKS)));
      return new StagedUpload(folders, claim, file, onConflict, makeParents, name, channel);
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
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
    if (makeParents) {
      folders.makeAll(file.parent().orElseThrow());
    }
    return folders.in(file.parent().orElseThrow(), this::publishIn);
  }

  private Published publishIn(SecureDirectoryStream<Path> folder) {
    Publishing publishing = new Publishing(folder);
    claim.commit(size, publishing);
    published = true;
    return new Published(file.sibling(publishing.name), size, publishing.replaced);
  }

  /** The rename, and what it replaces; both while nothing else of the area changes. */
  private final class Publishing implements Publication {
    private final SecureDirectoryStream<Path> folder;
    private String name = file.name();
    private boolean replaced;

    Publishing(SecureDirectoryStream<Path> folder) {
      this.folder = folder;
    }

    @Override
    public OptionalLong replacedBytes() {
      Optional<BasicFileAttributes> there = attributes(name);
      if (there.isEmpty()) {
        return OptionalLong.empty();
      }
      if (onConflict == OnConflict.RENAME) {
        name = freeName();
        return OptionalLong.empty();
      }
      if (onConflict == OnConflict.REJECT) {
        throw Faults.refused(Kind.ALREADY_EXISTS, file + " exists already");
      }
      if (!there.get().isRegularFile()) {
        throw Faults.refused(Kind.IS_A_FOLDER, file + " is a folder");
      }
      return OptionalLong.of(there.get().size());
    }

    @Override
    public void perform() {
      if (onConflict == OnConflict.OVERWRITE) {
        replaced = replacedBytes().isPresent();
      } else {
        replacedBytes();
      }
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

  private void claimUpTo(long bytes) {
    if (bytes > claimed) {
      claim.add(bytes - claimed);
      claimed = bytes;
    }
  }
}
