package org.slipway.ftp.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One command (RFC 959 section 5.3):
 *
 * <pre>
 *   verb [ SP argument ] CRLF
 * </pre>
 *
 * The argument is UTF-8 (RFC 2640) unless something else was agreed on, and is kept as it came:
 * spaces at its ends belong to a name.
 *
 * @param verb in upper case
 * @param argument empty where there is none
 */
public record CommandLine(String verb, String argument) {

  /**
   * Reads a line without its end.
   *
   * @param names in which bytes the argument is
   * @throws MalformedCommandException if it is no command
   */
  public static CommandLine parse(byte[] line, int length, Charset names)
      throws MalformedCommandException {
    int end = 0;
    while (end < length && line[end] != ' ') {
      if (!isLetter(line[end]) && (end == 0 || !isDigit(line[end]))) {
        throw new MalformedCommandException(MalformedCommandException.Problem.BAD_VERB, end);
      }
      end++;
    }
    if (end == 0) {
      throw new MalformedCommandException(MalformedCommandException.Problem.EMPTY, 0);
    }
    String verb = new String(line, 0, end, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
    int start = Math.min(end + 1, length);
    return new CommandLine(verb, decoded(line, start, length - start, names));
  }

  public boolean hasArgument() {
    return !argument.isEmpty();
  }

  /** Never shows a password. */
  @Override
  public String toString() {
    return verb.equals("PASS") ? "PASS ***" : hasArgument() ? verb + " " + argument : verb;
  }

  /** No command of an RFC has one, but XMD5 and XSHA256 do. */
  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetter(byte b) {
    return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
  }

  /** The whole argument at once: a byte like a slash may be half of a character. */
  private static String decoded(byte[] line, int offset, int length, Charset names)
      throws MalformedCommandException {
    ByteBuffer in = ByteBuffer.wrap(line, offset, length);
    CharBuffer out = CharBuffer.allocate(length);
    CoderResult result =
        names
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      throw new MalformedCommandException(
          MalformedCommandException.Problem.BAD_BYTES, in.position());
    }
    return out.flip().toString();
  }
}
