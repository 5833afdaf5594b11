package org.slipway.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps nothing but what a device must read itself: file lists and checksums, as far as they are
 * not too large. All other files are counted and digested; of them the first few octets are kept,
 * which tell whether they are a list.
 */
final class DigestedOnly implements Destination {
  private static final byte[] HEADING = FileList.HEADING.getBytes(StandardCharsets.UTF_8);

  private final Optional<String> list;
  private final Map<String, byte[]> kept = new HashMap<>();

  /**
   * @param list the name of the file list; empty if the device is to find it
   */
  DigestedOnly(Optional<String> list) {
    this.list = list;
  }

  @Override
  public PartialFile create(RemoteName name) {
    return new PartialFile(
        new Beginning(name.text()), PartialFile.SMALL_PIECE, PartialFile.Sum.MEANWHILE);
  }

  @Override
  public Path path(RemoteName name) {
    return null;
  }

  @Override
  public InputStream open(RemoteName name) throws IOException {
    byte[] content = kept.get(name.text());
    if (content == null) {
      throw new FileNotFoundException(name.text());
    }
    return new ByteArrayInputStream(content);
  }

  @Override
  public void delete(RemoteName name) {
    kept.remove(name.text());
  }

  private boolean isNamedAsList(String name) {
    return name.endsWith(ListedFiles.LIST_SUFFIX)
        || name.endsWith(ListedFiles.CHECKSUM_SUFFIX)
        || list.filter(name::equals).isPresent();
  }

  /** The whole of what may be a list, the beginning of everything else. */
  private final class Beginning implements PartialFile.Place {
    private final String name;
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private boolean decided;
    private int most = ListedFiles.LARGEST;

    Beginning(String name) {
      this.name = name;
    }

    @Override
    public Path target() {
      return null;
    }

    @Override
    public void write(ByteBuffer data) {
      octets.write(data.array(), data.position(), Math.min(data.remaining(), most - octets.size()));
      if (!decided && octets.size() >= HEADING.length) {
        decided = true;
        byte[] beginning = Arrays.copyOf(octets.toByteArray(), HEADING.length);
        if (!isNamedAsList(name) && !Arrays.equals(beginning, HEADING)) {
          most = HEADING.length;
          octets.reset();
          octets.writeBytes(beginning);
        }
      }
    }

    @Override
    public InputStream read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish() {
      kept.put(name, octets.toByteArray());
    }

    @Override
    public void close() {}
  }
}
