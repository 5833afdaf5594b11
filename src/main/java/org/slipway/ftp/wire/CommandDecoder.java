package org.slipway.ftp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the byte stream of a control connection into command lines and takes the Telnet commands out
 * of it (RFC 959 section 2.3 and RFC 1123 section 4.1.2.12: the control connection is Telnet).
 *
 * <p>A line ends with LF, with or without the CR before it. What a too long line still sends is
 * dropped up to its end, so that it cannot be taken for another command.
 *
 * <p>Options of Telnet that the peer wants to negotiate are all refused, by {@link #takeRefusals}.
 */
public final class CommandDecoder {
  /** The longest line that is read, without its end. */
  public static final int MAX_LINE = 4096;

  private static final int USUAL_LINE = 128;
  private static final int IAC = 255;
  private static final int WILL = 251;
  private static final int WONT = 252;
  private static final int DO = 253;
  private static final int DONT = 254;
  private static final byte[] NOTHING = {};
  private static final int FIRST_TELNET_COMMAND = 240;

  private enum Telnet {
    DATA,
    COMMAND,
    OPTION
  }

  private Charset names = StandardCharsets.UTF_8;
  private byte[] line = new byte[USUAL_LINE];
  private int length;
  private boolean tooLong;
  private Telnet telnet = Telnet.DATA;
  private int negotiation;
  private byte[] refusals = NOTHING;

  /** In which bytes arguments are from here on; UTF-8 (RFC 2640) until this is called. */
  public void names(Charset charset) {
    names = charset;
  }

  /**
   * Consumes bytes until a line is complete.
   *
   * @return the command; empty if the bytes hold no end of line, and all of them were consumed
   * @throws MalformedCommandException if the line that has ended is no command; decoding goes on
   *     behind it
   */
  public Optional<CommandLine> decode(ByteBuffer bytes) throws MalformedCommandException {
    while (bytes.hasRemaining()) {
      int b = bytes.get() & 0xFF;
      if (telnet == Telnet.OPTION) {
        option(b);
      } else if (telnet == Telnet.COMMAND && takesTelnet(b)) {
        continue;
      } else if (telnet == Telnet.DATA && b == IAC) {
        telnet = Telnet.COMMAND;
      } else if (b == '\n') {
        telnet = Telnet.DATA;
        return Optional.of(complete());
      } else {
        telnet = Telnet.DATA;
        append((byte) b);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a byte behind IAC belongs to it. One that does not is data: an urgent mark before it
   * may have been dropped, which is so before a command. Within one it was no Telnet, and is kept
   * for the decoder to refuse, so that no name loses a byte.
   */
  private boolean takesTelnet(int b) {
    if (b == IAC) {
      append((byte) IAC);
    } else if (b >= WILL) {
      telnet = Telnet.OPTION;
      negotiation = b;
      return true;
    } else if (b < FIRST_TELNET_COMMAND) {
      if (length > 0) {
        append((byte) IAC);
      }
      return false;
    }
    telnet = Telnet.DATA;
    return true;
  }

  /** What the peer will do it need not, and what we shall do we will not. */
  private void option(int option) {
    telnet = Telnet.DATA;
    int answer = negotiation == WILL ? DONT : negotiation == DO ? WONT : 0;
    if (answer != 0) {
      int n = refusals.length;
      refusals = Arrays.copyOf(refusals, n + 3);
      refusals[n] = (byte) IAC;
      refusals[n + 1] = (byte) answer;
      refusals[n + 2] = (byte) option;
    }
  }

  /** What is to be sent because of what was decoded since the last call. */
  public byte[] takeRefusals() {
    byte[] taken = refusals;
    refusals = NOTHING;
    return taken;
  }

  private void append(byte b) {
    if (length == MAX_LINE + 1) {
      tooLong = true;
      return;
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(line.length * 2, MAX_LINE + 1));
    }
    line[length++] = b;
  }

  private CommandLine complete() throws MalformedCommandException {
    byte[] bytes = line;
    int end = length > 0 && bytes[length - 1] == '\r' && !tooLong ? length - 1 : length;
    boolean over = tooLong || end > MAX_LINE;
    reset();
    if (over) {
      throw new MalformedCommandException(MalformedCommandException.Problem.TOO_LONG, MAX_LINE);
    }
    return CommandLine.parse(bytes, end, names);
  }

  private void reset() {
    length = 0;
    tooLong = false;
    if (line.length > USUAL_LINE) {
      line = new byte[USUAL_LINE];
    }
  }
}
