package org.slipway.tftp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the fields of one datagram in their order; never beyond its end. */
final class PacketReader {
  private final ByteBuffer in;
  private final int start;

  PacketReader(ByteBuffer datagram) {
    this.in = datagram.duplicate();
    this.start = in.position();
  }

  int length() {
    return in.limit() - start;
  }

  private int offset() {
    return in.position() - start;
  }

  /** Two octets, unsigned. */
  int number(String field) throws MalformedTftpException {
    if (in.remaining() < 2) {
      throw new MalformedTftpException(field, offset(), "cut off");
    }
    return Short.toUnsignedInt(in.getShort());
  }

  ByteBuffer rest() {
    ByteBuffer rest = in.slice();
    in.position(in.limit());
    return rest;
  }

  /** Octets up to a NUL. */
  String text(String field) throws MalformedTftpException {
    int end = in.position();
    while (end < in.limit() && in.get(end) != 0) {
      end++;
    }
    if (end == in.limit()) {
      throw new MalformedTftpException(field, offset(), "no NUL at its end");
    }
    String text = decode(in.slice(in.position(), end - in.position()));
    in.position(end + 1);
    return text;
  }

  /** The message of an ERROR: some peers leave out the NUL, and it is only for people. */
  String lastText() {
    ByteBuffer rest = rest();
    for (int i = 0; i < rest.limit(); i++) {
      if (rest.get(i) == 0) {
        rest.limit(i);
      }
    }
    return decode(rest);
  }

  /**
   * Pairs of name and value up to the end (RFC 2347); the first of a name counts. NULs that pad the
   * packet, which some boot ROMs append, are no option.
   */
  Map<String, String> options() throws MalformedTftpException {
    Map<String, String> options = new LinkedHashMap<>();
    while (in.hasRemaining() && !onlyPadding()) {
      String name = text("option name").toLowerCase(Locale.ROOT);
      options.putIfAbsent(name, text("value of option"));
    }
    return options;
  }

  private boolean onlyPadding() {
    for (int i = in.position(); i < in.limit(); i++) {
      if (in.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** UTF-8; what is none is taken octet by octet, so that every name can be shown. */
  private static String decode(ByteBuffer octets) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1.decode(octets).toString();
    }
  }
}
