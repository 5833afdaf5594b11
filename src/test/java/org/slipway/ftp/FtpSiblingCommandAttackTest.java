package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.accounts.Permission;

/**
 * Who lacks one permission, and has all others, tries every command that could have its effect.
 * What counts is the effect, not the reply.
 */
class FtpSiblingCommandAttackTest extends AttackTest {
  private static final Instant CHANGED = Instant.parse("2001-02-03T04:05:06Z");

  /** Commands in a row; those at the end could do what is not permitted. */
  private static final List<String> ATTEMPTS =
      """
      LIST d
      LIST -la d
      NLST d
      MLSD d
      MODE Z|LIST d
      MODE Z|NLST d
      MODE Z|MLSD d
      CWD d|LIST
      CWD d|NLST
      MLST d
      MLST d/f
      STAT d
      STAT d/f
      SIZE d/f
      MDTM d/f
      RETR d/f
      REST 1|RETR d/f
      MODE Z|RETR d/f
      TYPE A|RETR d/f
      CWD d|RETR f
      HASH d/f
      OPTS HASH CRC32|HASH d/f
      OPTS HASH SHA-512|HASH d/f
      XCRC d/f
      XMD5 d/f
      XSHA256 d/f
      XSHA d/f
      MD5 d/f
      STOR d/f
      STOR d/new
      MODE Z|STOR d/f
      MODE Z|STOR d/new
      TYPE A|STOR d/f
      REST 1|STOR d/f
      REST 0|STOR d/f
      ALLO 1|STOR d/f
      CWD d|STOR f
      APPE d/f
      APPE d/new
      REST 1|APPE d/f
      MODE Z|APPE d/f
      STOU d/f
      STOU
      CWD d|STOU
      STOR d/x/y
      APPE d/x/y
      STOU d/x/y
      MKD d/new
      XMKD d/new
      SITE MKDIR d/new
      RMD d/e
      XRMD d/e
      RMD d/f
      DELE d/f
      DELE d/e
      SITE RMDIR d/e
      SITE DELE d/f
      RNFR d/f|RNTO d/g
      RNFR d/f|RNTO d/moved
      RNFR d/e|RNTO d/moved
      RNFR d/f|RNTO moved
      RNFR d/g|RNTO d/f
      RNFR d/g|REST 1|RNTO d/f
      SITE RNFR d/f|SITE RNTO d/moved
      MFMT 20200101000000 d/f
      MFF modify=20200101000000; d/f
      MDTM 20200101000000 d/f
      SITE UTIME 20200101000000 d/f
      SITE UTIME d/f 20200101000000 20200101000000 20200101000000 UTC
      SITE CHMOD 777 d/f
      SITE CPFR d/f|SITE CPTO d/copy
      SITE COPY d/f d/copy
      SITE SYMLINK d/f d/link
      SITE LINK d/f d/link
      COMB d/f d/g
      """
          .lines()
          .toList();

  /** What is stored, and what was told by replies and data. */
  private record Traces(Set<String> files, Set<String> folders, String told) {
    boolean has(String file) {
      return files.stream().anyMatch(f -> f.startsWith(file + " "));
    }

    boolean hasContent(String content) {
      return files.stream().anyMatch(f -> f.contains(content));
    }
  }

  private static final String F = "the-content-of-f";
  private static final String G = "what-is-in-g";
  private static final String ANYWHERE_ELSE = "seldom-seen";

  /** A name that nobody has said, a time, a size. */
  private static final List<String> SEEN =
      List.of(ANYWHERE_ELSE, "20010203", "Feb  3  2001", "213 " + F.length() + "\n");

  private static final List<String> READ =
      List.of(F.substring(1), hex("MD5"), hex("SHA-1"), hex("SHA-256"), hex("SHA-512"), crc32());

  private static String hex(String algorithm) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(F.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String crc32() {
    CRC32 crc = new CRC32();
    crc.update(F.getBytes());
    return "%08x".formatted(crc.getValue());
  }

  private static void reset(AttackedServer server) throws IOException {
    try (Stream<Path> old = Files.walk(server.home())) {
      for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(server.home())) {
          Files.delete(path);
        }
      }
    }
    server.file("d/f", F.getBytes());
    server.file("d/g", G.getBytes());
    server.file("d/" + ANYWHERE_ELSE, new byte[0]);
    Files.createDirectory(server.home().resolve("d/e"));
    for (String name : List.of("d/f", "d/g", "d/" + ANYWHERE_ELSE)) {
      Files.setLastModifiedTime(server.home().resolve(name), FileTime.from(CHANGED));
    }
  }

  private static Traces traces(AttackedServer server, String told) throws IOException {
    Set<String> files = new TreeSet<>();
    Set<String> folders = new TreeSet<>();
    try (Stream<Path> all = Files.walk(server.home())) {
      for (Path path : all.toList()) {
        String name = server.home().relativize(path).toString();
        if (Files.isDirectory(path)) {
          folders.add(name);
        } else {
          files.add(
              "%s %s %s"
                  .formatted(
                      name,
                      Files.getLastModifiedTime(path).toInstant(),
                      Files.readString(path, StandardCharsets.ISO_8859_1)));
        }
      }
    }
    return new Traces(files, folders, told);
  }

  private static String run(RawClient client, String attempt) throws IOException {
    for (String line : List.of("CWD /", "TYPE I", "MODE S", "REST 0")) {
      client.command(line);
    }
    StringBuilder told = new StringBuilder();
    boolean deflated = attempt.startsWith("MODE Z");
    for (String line : attempt.split("\\|")) {
      switch (line.split(" ")[0]) {
        case "STOR", "APPE", "STOU" -> told.append(client.store(line, sent(deflated)));
        case "LIST", "NLST", "MLSD", "RETR" -> told.append(fetched(client, line, deflated));
        default -> told.append(client.command(line));
      }
      told.append('\n');
    }
    return told.toString();
  }

  private static byte[] sent(boolean deflated) throws IOException {
    byte[] plain = "forged".getBytes();
    return deflated
        ? new DeflaterInputStream(new ByteArrayInputStream(plain)).readAllBytes()
        : plain;
  }

  private static String fetched(RawClient client, String line, boolean deflated)
      throws IOException {
    try (Socket data = client.data()) {
      String told = client.command(line);
      if (!told.startsWith("150 ")) {
        return told;
      }
      byte[] bytes = data.getInputStream().readAllBytes();
      if (deflated && bytes.length > 0 && bytes[0] == 0x78) {
        bytes = new InflaterInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
      }
      return told + "\n" + new String(bytes, StandardCharsets.ISO_8859_1) + client.reply();
    }
  }

  private static boolean hasEffect(Permission permission, Traces was, Traces is) {
    return switch (permission) {
      case LIST -> SEEN.stream().anyMatch(is.told::contains);
      case READ -> READ.stream().anyMatch(is.told.toLowerCase(Locale.ROOT)::contains);
      case WRITE -> is.hasContent("forged");
      case OVERWRITE ->
          was.files.stream()
              .anyMatch(f -> !is.files.contains(f) && is.has(f.substring(0, f.indexOf(' '))));
      case DELETE ->
          !is.hasContent(F) && !is.hasContent("forged") || is.folders.size() < was.folders.size();
      case RENAME ->
          !is.has("d/f") && is.hasContent(F)
              || !is.has("d/g") && is.hasContent(G)
              || !is.folders.contains("d/e") && is.folders.size() == was.folders.size();
      case MAKE_FOLDER -> is.folders.size() > was.folders.size();
    };
  }

  private static Set<String> bypasses(AttackedServer server, Permission lacking)
      throws IOException {
    Set<String> found = new TreeSet<>();
    server.permit(EnumSet.complementOf(EnumSet.of(lacking)));
    try (RawClient client = server.loggedIn()) {
      for (String attempt : ATTEMPTS) {
        reset(server);
        Traces was = traces(server, "");
        String told = run(client, attempt);
        if (hasEffect(lacking, was, traces(server, told))) {
          found.add(attempt);
        }
      }
    }
    return found;
  }

  /** Commands that the weak server has forgotten to guard. */
  private static Set<String> forgotten(Permission permission) {
    return switch (permission) {
      case LIST -> Set.of("NLST d");
      case READ -> Set.of("HASH d/f");
      case WRITE -> Set.of("STOU d/f");
      case OVERWRITE -> Set.of("APPE d/f", "RNFR d/f|RNTO d/g", "MFMT 20200101000000 d/f");
      case DELETE -> Set.of("RMD d/e", "RMD d/f");
      case RENAME -> Set.of("SITE RNFR d/f|SITE RNTO d/moved");
      case MAKE_FOLDER -> Set.of("STOR d/x/y");
    };
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void noOtherCommandHasTheEffect(Permission lacking) throws Exception {
    assertThat(bypasses(weak(Weakness.FORGETS_SIBLINGS), lacking)).containsAll(forgotten(lacking));
    assertThat(bypasses(ours, lacking)).isEmpty();
  }
}
