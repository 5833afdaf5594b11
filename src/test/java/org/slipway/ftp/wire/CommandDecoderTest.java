package org.slipway.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slipway.ftp.wire.MalformedCommandException.Problem;

/** RFC 959 section 5.3, RFC 1123 section 4.1.2.12, RFC 2640 section 2.2. */
class CommandDecoderTest {
  private final CommandDecoder decoder = new CommandDecoder();

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuffer bytes(int... values) {
    byte[] b = new byte[values.length];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) values[i];
    }
    return ByteBuffer.wrap(b);
  }

  private CommandLine one(String line) throws MalformedCommandException {
    return decoder.decode(bytes(line)).orElseThrow();
  }

  @Test
  void verbIsReadInAnyCaseAndArgumentAsItCame() throws Exception {
    assertThat(one("ReTr  a b \r\n")).isEqualTo(new CommandLine("RETR", " a b "));
    assertThat(one("QUIT\n")).isEqualTo(new CommandLine("QUIT", ""));
    assertThat(one("CWD \r\n").hasArgument()).isFalse();
    assertThat(one("xsha256 f\r\n").verb()).isEqualTo("XSHA256");
    assertThatThrownBy(() -> one("220 hello\r\n")).isInstanceOf(MalformedCommandException.class);
  }

  @Test
  void aLineInPiecesAndSeveralLinesInOnePiece() throws Exception {
    assertThat(decoder.decode(bytes("NO"))).isEmpty();
    ByteBuffer rest = bytes("OP\r\nPWD\r\nSY");
    assertThat(decoder.decode(rest)).contains(new CommandLine("NOOP", ""));
    assertThat(decoder.decode(rest)).contains(new CommandLine("PWD", ""));
    assertThat(decoder.decode(rest)).isEmpty();
    assertThat(one("ST\r\n").verb()).isEqualTo("SYST");
  }

  @Test
  void chineseNamesAreUtf8() throws Exception {
    assertThat(one("STOR 固件 镜像.bin\r\n").argument()).isEqualTo("固件 镜像.bin");
  }

  @Test
  void bytesThatAreNoUtf8AreMalformed() {
    assertThatThrownBy(() -> decoder.decode(bytes('C', 'W', 'D', ' ', 0xC0, 0xAF, '\n')))
        .isInstanceOfSatisfying(
            MalformedCommandException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(Problem.BAD_BYTES);
              assertThat(e.offset()).isEqualTo(4);
            });
  }

  /** Chinese Windows: bytes that look like ASCII may be the second half of a character. */
  @Test
  void namesMayBeGb18030() throws Exception {
    decoder.names(Charset.forName("GB18030"));
    assertThat(decoder.decode(bytes('C', 'W', 'D', ' ', 0xCB, 0xB5, 0x81, 0x5C, '/', 'a', '\n')))
        .contains(new CommandLine("CWD", "说乗/a"));
    assertThat(decoder.decode(bytes('C', 'W', 'D', ' ', 0x95, 0x32, 0x82, 0x36, '\r', '\n')))
        .contains(new CommandLine("CWD", "\uD840\uDC00"));
    int[][] broken = {
      {0xFF}, {0x80}, {'a', 0x81}, {0x81, ' '}, {0x81, '/', 'a'}, {0x81, 0x7F}, {0x95, 0x32, 0x82}
    };
    for (int[] name : broken) {
      int[] line = new int[name.length + 6];
      System.arraycopy(new int[] {'C', 'W', 'D', ' '}, 0, line, 0, 4);
      System.arraycopy(name, 0, line, 4, name.length);
      line[line.length - 2] = '\r';
      line[line.length - 1] = '\n';
      assertThatThrownBy(() -> decoder.decode(bytes(line)))
          .as(Arrays.toString(name))
          .isInstanceOfSatisfying(
              MalformedCommandException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.BAD_BYTES));
    }
  }

  /** 0xFF is in no character of either set: taking it out would make another name. */
  @Test
  void aStrayTelnetByteWithinANameIsNotTakenOut() throws Exception {
    for (int[] line :
        new int[][] {
          {'D', 'E', 'L', 'E', ' ', 'a', 0xFF, 'b', '\n'},
          {'D', 'E', 'L', 'E', ' ', 'a', 0xFF, '\n'}
        }) {
      assertThatThrownBy(() -> decoder.decode(bytes(line)))
          .isInstanceOf(MalformedCommandException.class);
    }
    assertThat(one("NOOP\n").verb()).isEqualTo("NOOP");
  }

  @Test
  void telnetCommandsAreTakenOut() throws Exception {
    ByteBuffer synch = bytes(0xFF, 0xF4, 0xFF, 0xF2, 'A', 'B', 'O', 'R', '\r', '\n');
    assertThat(decoder.decode(synch)).contains(new CommandLine("ABOR", ""));
    ByteBuffer option = bytes('N', 0xFF, 0xFD, 0x01, 'O', 'O', 'P', '\n');
    assertThat(decoder.decode(option)).contains(new CommandLine("NOOP", ""));
  }

  @Test
  void urgentMarkThatWasDroppedDoesNotSwallowTheVerb() throws Exception {
    ByteBuffer withoutMark = bytes(0xFF, 0xF4, 0xFF, 'A', 'B', 'O', 'R', '\r', '\n');
    assertThat(decoder.decode(withoutMark)).contains(new CommandLine("ABOR", ""));
  }

  @Test
  void tooLongLineIsDroppedToItsEnd() throws Exception {
    assertThat(one("CWD " + "x".repeat(CommandDecoder.MAX_LINE - 4) + "\r\n").argument())
        .hasSize(CommandDecoder.MAX_LINE - 4);
    ByteBuffer in = bytes("CWD " + "x".repeat(CommandDecoder.MAX_LINE - 3) + "\r\nNOOP\r\n");
    assertThatThrownBy(() -> decoder.decode(in))
        .isInstanceOfSatisfying(
            MalformedCommandException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.TOO_LONG));
    assertThat(decoder.decode(in)).contains(new CommandLine("NOOP", ""));
    ByteBuffer huge = bytes("y".repeat(100_000) + "\nQUIT\n");
    assertThatThrownBy(() -> decoder.decode(huge)).isInstanceOf(MalformedCommandException.class);
    assertThat(decoder.decode(huge)).contains(new CommandLine("QUIT", ""));
  }

  @Test
  void emptyLinesAndOddVerbsAreMalformed() {
    for (String line : List.of("\r\n", " CWD x\r\n", "RE\0TR x\r\n", "GET/ HTTP\r\n", "éé\r\n")) {
      assertThatThrownBy(() -> decoder.decode(bytes(line)))
          .as(line)
          .isInstanceOf(MalformedCommandException.class);
    }
  }

  @Test
  void controlCharactersStayForThePathCheckerToRefuse() throws Exception {
    assertThat(one("DELE a\0b\rc\r\n").argument()).isEqualTo("a\0b\rc");
  }

  @Test
  void passwordIsNeverShown() throws Exception {
    assertThat(one("PASS secret\r\n").toString()).isEqualTo("PASS ***");
  }

  @Test
  void randomBytesGiveLinesOrMalformedAndNothingElse() {
    Random random = new Random(959);
    List<Integer> counts = new ArrayList<>(List.of(0, 0));
    for (int round = 0; round < 10_000; round++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      ByteBuffer in = ByteBuffer.wrap(noise);
      while (in.hasRemaining()) {
        try {
          decoder.decode(in).ifPresent(l -> counts.set(0, counts.get(0) + 1));
        } catch (MalformedCommandException e) {
          counts.set(1, counts.get(1) + 1);
        }
      }
    }
    assertThat(counts.get(1)).isPositive();
  }

  @Test
  void optionsOfTelnetAreRefused() throws Exception {
    CommandDecoder telnet = new CommandDecoder();
    ByteBuffer in =
        ByteBuffer.wrap(
            new byte[] {
              'N',
              (byte) 255,
              (byte) 253,
              1,
              'O',
              (byte) 255,
              (byte) 251,
              (byte) 255,
              'O',
              (byte) 255,
              (byte) 252,
              1,
              'P',
              (byte) 255,
              (byte) 254,
              '\n',
              '\n'
            });
    assertThat(telnet.takeRefusals()).isEmpty();
    assertThat(telnet.decode(in).orElseThrow().verb()).isEqualTo("NOOP");
    assertThat(telnet.takeRefusals())
        .containsExactly((byte) 255, (byte) 252, 1, (byte) 255, (byte) 254, (byte) 255);
    assertThat(telnet.takeRefusals()).isEmpty();
  }
}
