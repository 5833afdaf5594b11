package org.slipway.signin;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of a token: {@code slipway_}, 192 random bits and their checksum, in hexadecimal. A
 * scanner for leaked secrets finds it by its beginning and knows by the checksum that it is one.
 */
final class TokenText {
  private static final String PREFIX = "slipway_";
  private static final Pattern PATTERN = Pattern.compile(PREFIX + "([0-9a-f]{48})([0-9a-f]{8})");
  private static final int RANDOM_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private TokenText() {}

  static String next() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    String random = HexFormat.of().formatHex(bytes);
    return PREFIX + random + checksum(random);
  }

  /** Whether it can be a token at all. */
  static boolean isWellFormed(String text) {
    var matcher = PATTERN.matcher(text);
    return matcher.matches() && checksum(matcher.group(1)).equals(matcher.group(2));
  }

  private static String checksum(String random) {
    CRC32 crc = new CRC32();
    crc.update(random.getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
