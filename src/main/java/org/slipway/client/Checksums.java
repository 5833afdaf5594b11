package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code sha256sum} writes: for each file name the sum that its content must have. */
record Checksums(Map<String, String> sumByName) {
  static final Checksums NONE = new Checksums(Map.of());

  /** 64 digits, a blank, a blank or an asterisk (binary mode), the name. */
  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](.+)");

  Checksums {
    sumByName = Map.copyOf(sumByName);
  }

  /** Empty if some line is not what {@code sha256sum} writes. */
  static Optional<Checksums> parse(byte[] content) {
    Map<String, String> sums = new HashMap<>();
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      sums.put(matcher.group(2), matcher.group(1).toLowerCase(Locale.ROOT));
    }
    return Optional.of(new Checksums(sums));
  }

  /** SHA-256 of a file of ours, in hexadecimal digits. */
  static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      update(digest, in);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Takes in what is left of a stream. */
  static void update(MessageDigest digest, InputStream in) throws IOException {
    new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Optional<String> of(RemoteName name) {
    return Optional.ofNullable(sumByName.get(name.text()));
  }

  static CommandFailedException mismatch(RemoteName name, String actual, String expected) {
    return new CommandFailedException(
        ExitCode.CHECKSUM_MISMATCH,
        Text.of(
            "\"%s\" has the sha256 %s, but %s is published, so it was not kept. The file was"
                + " changed since the manifest was made: upload the right one, or make a new"
                + " version of the manifest.",
            Printable.of(name.text()), actual, expected));
  }
}
