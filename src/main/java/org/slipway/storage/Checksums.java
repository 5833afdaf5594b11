package org.slipway.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** SHA-256 (FIPS 180-4) of the files of an area, remembered until they change. */
final class Checksums {
  private static final int MOST = 10_000;

  private final Map<VirtualPath, Known> known = new ConcurrentHashMap<>();

  /**
   * @param file which one it was: another file of the same name may be given its time
   */
  private record Known(Identity file, String sha256) {}

  /** A file whose content does not change. */
  private record Identity(Object key, FileTime made, long size, FileTime modified) {
    static Identity of(BasicFileAttributes a) {
      return new Identity(a.fileKey(), a.creationTime(), a.size(), a.lastModifiedTime());
    }
  }

  /**
   * @param open the file, at its beginning
   * @param attributes asks for those of what is under the name now
   */
  String sha256(VirtualPath file, OpenFile open, Supplier<BasicFileAttributes> attributes)
      throws IOException {
    Identity identity = Identity.of(attributes.get());
    Known before = known.get(file);
    if (before != null && before.file().equals(identity)) {
      return before.sha256();
    }
    String sha256 = sha256(Channels.newInputStream(open.channel()));
    if (Identity.of(attributes.get()).equals(identity)) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(file, new Known(identity, sha256));
    }
    return sha256;
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform lacks SHA-256", e);
    }
  }
}
