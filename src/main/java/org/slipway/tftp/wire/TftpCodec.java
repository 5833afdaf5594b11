package org.slipway.tftp.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slipway.tftp.wire.TftpPacket.Acknowledgement;
import org.slipway.tftp.wire.TftpPacket.Data;
import org.slipway.tftp.wire.TftpPacket.Failure;
import org.slipway.tftp.wire.TftpPacket.OptionAcknowledgement;
import org.slipway.tftp.wire.TftpPacket.ReadRequest;
import org.slipway.tftp.wire.TftpPacket.Request;
import org.slipway.tftp.wire.TftpPacket.WriteRequest;

/**
 * Packets to and from octets. The datagram is what lies between position and limit of a buffer in
 * network byte order.
 */
public final class TftpCodec {
  /** Of DATA: opcode and block number. */
  public static final int HEADER = 4;

  /** A request is at most this long (RFC 2347). */
  public static final int MAX_REQUEST = 512;

  private TftpCodec() {}

  /**
   * Reads a packet.
   *
   * @throws MalformedTftpException if it is none; says where
   */
  public static TftpPacket decode(ByteBuffer datagram) throws MalformedTftpException {
    PacketReader reader = new PacketReader(datagram);
    int opcode = reader.number("opcode");
    return switch (opcode) {
      case Opcode.READ_REQUEST, Opcode.WRITE_REQUEST -> request(opcode, reader);
      case Opcode.DATA -> new Data(reader.number("block"), reader.rest());
      case Opcode.ACKNOWLEDGEMENT -> new Acknowledgement(reader.number("block"));
      case Opcode.ERROR -> new Failure(reader.number("error code"), reader.lastText());
      case Opcode.OPTION_ACKNOWLEDGEMENT -> new OptionAcknowledgement(reader.options());
      default -> throw new MalformedTftpException("opcode", 0, "unknown: " + opcode);
    };
  }

  private static TftpPacket request(int opcode, PacketReader reader) throws MalformedTftpException {
    if (reader.length() > MAX_REQUEST) {
      throw new MalformedTftpException("request", MAX_REQUEST, "longer than 512 octets");
    }
    String filename = reader.text("filename");
    if (filename.isEmpty()) {
      throw new MalformedTftpException("filename", 2, "empty");
    }
    String mode = reader.text("mode");
    Map<String, String> options = reader.options();
    return opcode == Opcode.READ_REQUEST
        ? new ReadRequest(filename, mode, options)
        : new WriteRequest(filename, mode, options);
  }

  /** The octets of a packet, ready to be sent. */
  public static ByteBuffer encode(TftpPacket packet) {
    return switch (packet) {
      case ReadRequest r -> request(Opcode.READ_REQUEST, r);
      case WriteRequest w -> request(Opcode.WRITE_REQUEST, w);
      case Data d -> {
        ByteBuffer out = ByteBuffer.allocate(HEADER + d.content().remaining());
        yield putDataHeader(out, d.block()).put(d.content().duplicate()).flip();
      }
      case Acknowledgement a -> acknowledgement(a.block());
      case Failure f -> {
        byte[] text = f.message().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(HEADER + text.length + 1);
        out.putShort((short) Opcode.ERROR).putShort((short) f.code());
        yield out.put(text).put((byte) 0).flip();
      }
      case OptionAcknowledgement o -> {
        String text = join(o.options());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(2 + bytes.length);
        yield out.putShort((short) Opcode.OPTION_ACKNOWLEDGEMENT).put(bytes).flip();
      }
    };
  }

  private static ByteBuffer request(int opcode, Request r) {
    String text = r.filename() + '\0' + r.mode() + '\0' + join(r.options());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + bytes.length).putShort((short) opcode).put(bytes).flip();
  }

  private static String join(Map<String, String> options) {
    StringBuilder text = new StringBuilder();
    options.forEach((name, value) -> text.append(name).append('\0').append(value).append('\0'));
    return text.toString();
  }

  private static ByteBuffer acknowledgement(int block) {
    ByteBuffer out = ByteBuffer.allocate(HEADER);
    return out.putShort((short) Opcode.ACKNOWLEDGEMENT).putShort((short) block).flip();
  }

  /** Writes opcode and block number of DATA at the buffer's position; the content follows. */
  public static ByteBuffer putDataHeader(ByteBuffer out, int block) {
    return out.putInt(Opcode.DATA << 16 | block & 0xffff);
  }

  /**
   * Whether a datagram is a request, well formed or not: only these may be answered by an error.
   */
  public static boolean isRequest(ByteBuffer datagram) {
    int opcode = opcode(datagram);
    return opcode == Opcode.READ_REQUEST || opcode == Opcode.WRITE_REQUEST;
  }

  /** Whether a datagram is an ERROR, well formed or not: these are never answered. */
  public static boolean isError(ByteBuffer datagram) {
    return opcode(datagram) == Opcode.ERROR;
  }

  private static int opcode(ByteBuffer datagram) {
    return datagram.remaining() < 2 ? -1 : datagram.getShort(datagram.position());
  }

  /** The block number of an ACK, or -1 for anything else: for loops that must not make objects. */
  public static int acknowledgedBlock(ByteBuffer datagram) {
    if (datagram.remaining() < HEADER) {
      return -1;
    }
    int header = datagram.getInt(datagram.position());
    return header >>> 16 == Opcode.ACKNOWLEDGEMENT ? header & 0xffff : -1;
  }

  /** The block number of DATA, or -1 for anything else; its content begins behind the header. */
  public static int dataBlock(ByteBuffer datagram) {
    if (datagram.remaining() < HEADER) {
      return -1;
    }
    int header = datagram.getInt(datagram.position());
    return header >>> 16 == Opcode.DATA ? header & 0xffff : -1;
  }

  /** Writes an ACK at the buffer's position. */
  public static ByteBuffer putAcknowledgement(ByteBuffer out, int block) {
    return out.putInt(Opcode.ACKNOWLEDGEMENT << 16 | block & 0xffff);
  }
}
