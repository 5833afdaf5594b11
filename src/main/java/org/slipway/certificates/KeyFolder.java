package org.slipway.certificates;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.slipway.accounts.InvalidInputException;

/**
 * Where a key lies with its certificates: one PEM file that nobody but its owner may read, replaced
 * as a whole. The key is not encrypted, because the portal must start without anybody at hand.
 */
final class KeyFolder {
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Path file;

  KeyFolder(Path folder, String name) {
    this.folder = folder;
    this.file = folder.resolve(name + ".pem");
  }

  Optional<KeyEntry> load() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    return Optional.of(UploadedKey.ofPem(pem, pem, new char[0]));
  }

  /**
   * @throws InvalidInputException if the file would be larger than {@link #load} takes, so that the
   *     next start would fail; nothing has changed then
   */
  void save(KeyEntry entry) throws IOException {
    String pem = pem(entry);
    if (pem.length() > UploadedKey.MOST_BYTES) {
      throw UploadedKey.tooLarge("certificate");
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, OWNER_FOLDER);
    }
    Path written = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(written);
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(written, fresh, OWNER_FILE)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(pem);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      ((FileChannel) channel).force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String pem(KeyEntry entry) {
    return block("PRIVATE KEY", entry.key().getEncoded()) + certificates(entry);
  }

  static String certificates(KeyEntry entry) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : entry.chain()) {
      try {
        text.append(block("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  private static String block(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
  }
}
