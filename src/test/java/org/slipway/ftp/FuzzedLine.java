package org.slipway.ftp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Command lines as they should be, nearly as they should be, and not at all so. */
record FuzzedLine(Random random) {
  private static final List<String> ARGUMENTS =
      List.of(
          "",
          "a",
          "d",
          "d/b",
          "missing",
          "/",
          "..",
          "../..",
          "-la",
          "*",
          "~",
          "固件 目录",
          " x ",
          "\"",
          "0",
          "-1",
          "1",
          "99999999999999999999",
          "2147483648",
          "9223372036854775807",
          "A",
          "I",
          "Z",
          "S",
          "F",
          "P",
          "C",
          "ALL",
          "TLS",
          "20200101000000 a",
          "99999999999999 a",
          "size;modify;",
          "|1|127.0.0.1|1|",
          "|3|x|",
          "127,0,0,1,0,22",
          "256,1,1,1,1,1",
          "127,0,0,1,300,1",
          "MLST",
          "UTF8 ON",
          "CHMOD 777 a",
          "UTIME a",
          "WHO",
          "HASH MD5",
          "modify=20200101000000; a",
          "\"a\" 5 2",
          "a 0 999999999999",
          "en",
          "xx-YY",
          "[::1]",
          ".slipway-staging",
          "a/./b//c");

  /** A command that the table knows, with an argument that some command takes. */
  byte[] valid() {
    FtpVerb[] verbs = FtpVerb.values();
    FtpVerb verb = verbs[random.nextInt(verbs.length)];
    String argument = ARGUMENTS.get(random.nextInt(ARGUMENTS.size()));
    return line(verb.name() + (argument.isEmpty() ? "" : " " + argument));
  }

  /** The same with up to four changes. */
  byte[] mutated() {
    byte[] bytes = valid();
    for (int i = random.nextInt(5); i > 0; i--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  /** Anything, with some ends of lines in it. */
  byte[] raw() {
    byte[] bytes = new byte[random.nextInt(3000)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length / 200; i++) {
      bytes[random.nextInt(bytes.length)] = '\n';
    }
    return bytes;
  }

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private byte[] changed(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(3));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(12)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 -> at = to;
      case 2 -> out.writeBytes(new byte[random.nextInt(6000)]);
      case 3 -> out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      case 4 -> out.writeBytes("../".getBytes(StandardCharsets.US_ASCII));
      case 5 ->
          out.writeBytes("x".repeat(random.nextInt(5000)).getBytes(StandardCharsets.US_ASCII));
      case 6 -> out.write('\r');
      case 7 -> out.writeBytes(new byte[] {(byte) 255, (byte) (240 + random.nextInt(16))});
      case 8 -> out.writeBytes(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xED, (byte) 0xA0});
      case 9 -> out.writeBytes("99999999999999999999".getBytes(StandardCharsets.US_ASCII));
      case 10 -> out.writeBytes(valid());
      default -> out.write(bytes, at, to - at);
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }
}
