package org.slipway.tftp.wire;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One TFTP packet (RFC 1350 section 5, RFC 2347). Block numbers are 16 bits wide and wrap to 0. */
public sealed interface TftpPacket {

  /** A request for a file; what reading and writing have in common. */
  sealed interface Request extends TftpPacket {
    String filename();

    /** As the peer spelt it; RFC 1350 compares without regard to case. */
    String mode();

    /** Values by lower-case name, in the order of the packet (RFC 2347). */
    Map<String, String> options();

    default boolean isMode(String name) {
      return mode().equalsIgnoreCase(name);
    }
  }

  /**
   * <pre>
   *  2 bytes     string    1 byte     string   1 byte   string  1 byte  string  1 byte
   *  -------------------------------------------------------------------------------------
   * | Opcode 1 |  Filename  |   0  |    Mode    |   0  |  opt1  |   0  | value1 |   0  | ...
   *  -------------------------------------------------------------------------------------
   * </pre>
   */
  record ReadRequest(String filename, String mode, Map<String, String> options) implements Request {
    public ReadRequest {
      options = lowerCase(options);
    }
  }

  /** As {@link ReadRequest}, with opcode 2. */
  record WriteRequest(String filename, String mode, Map<String, String> options)
      implements Request {
    public WriteRequest {
      options = lowerCase(options);
    }
  }

  /**
   * <pre>
   *  2 bytes     2 bytes      n bytes
   *  ----------------------------------
   * | Opcode 3 |   Block #  |   Data     |
   *  ----------------------------------
   * </pre>
   *
   * @param content shares the bytes of the packet it was read from
   */
  record Data(int block, ByteBuffer content) implements TftpPacket {}

  /**
   * <pre>
   *  2 bytes     2 bytes
   *  ---------------------
   * | Opcode 4 |   Block #  |
   *  ---------------------
   * </pre>
   */
  record Acknowledgement(int block) implements TftpPacket {}

  /**
   * <pre>
   *  2 bytes     2 bytes      string    1 byte
   *  -----------------------------------------
   * | Opcode 5 |  ErrorCode |   ErrMsg   |   0  |
   *  -----------------------------------------
   * </pre>
   */
  record Failure(int code, String message) implements TftpPacket {
    public Failure(ErrorCode code, String message) {
      this(code.number(), message);
    }

    /** Whether its code is this one. */
    public boolean is(ErrorCode other) {
      return code == other.number();
    }
  }

  /**
   * RFC 2347.
   *
   * <pre>
   *  2 bytes     string  1 byte  string  1 byte
   *  -----------------------------------------------
   * | Opcode 6 |  opt1  |   0  | value1 |   0  | ...
   *  -----------------------------------------------
   * </pre>
   */
  record OptionAcknowledgement(Map<String, String> options) implements TftpPacket {
    public OptionAcknowledgement {
      options = lowerCase(options);
    }
  }

  private static Map<String, String> lowerCase(Map<String, String> options) {
    Map<String, String> result = new LinkedHashMap<>();
    options.forEach((name, value) -> result.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return Collections.unmodifiableMap(result);
  }
}
