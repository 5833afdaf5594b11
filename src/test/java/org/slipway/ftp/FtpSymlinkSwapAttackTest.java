package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.FileArea;
import org.slipway.storage.OpenFile;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/**
 * A folder of the home becomes a link that leads outside between the look and the use. By the wire
 * a thousand times, the rest where every command ends up; all by the wire with {@code
 * -Dslipway.attack.swaps=100000}.
 */
class FtpSymlinkSwapAttackTest extends AttackTest {
  private static final int OVER_THE_WIRE = Integer.getInteger("slipway.attack.swaps", 1_000);
  private static final int ALL = 100_000;
  private static final int ENOUGH_FOR_THE_WEAK = 20_000;

  /** The commands, and how many of a hundred tries each gets. */
  private enum Way {
    RETR(40),
    LIST(35),
    DELE(15),
    MFMT(8),
    RNTO(1),
    STOR(1);

    private final int share;

    Way(int share) {
      this.share = share;
    }
  }

  private static final int SWAPS_AT_LEAST = 10;
  private static final int SIDES = 2;
  private static final VirtualPath FILE = VirtualPath.parse("/d/f");

  /** Else an upload would make the folder anew at the moment at which it is away. */
  private static final Set<Permission> NO_NEW_FOLDERS =
      EnumSet.complementOf(EnumSet.of(Permission.MAKE_FOLDER));

  /** What came of a try. */
  private enum Outcome {
    DONE,
    REFUSED,
    OUTSIDE
  }

  private static byte[] fetched(RawClient client, String line) throws IOException {
    try (Socket data = client.data()) {
      if (!client.command(line).startsWith("150 ")) {
        return new byte[0];
      }
      byte[] bytes = data.getInputStream().readAllBytes();
      client.reply();
      return bytes;
    }
  }

  private static Outcome told(boolean outside, boolean done) {
    return outside ? Outcome.OUTSIDE : done ? Outcome.DONE : Outcome.REFUSED;
  }

  private static Outcome read(byte[] bytes, byte[] foreign) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return told(text.contains(new String(foreign, StandardCharsets.UTF_8)), bytes.length > 0);
  }

  private static Outcome byCommand(RawClient client, Way way, AttackedServer server)
      throws IOException {
    return switch (way) {
      case RETR -> read(fetched(client, "RETR d/f"), SwappedFolder.OUTSIDE);
      case LIST -> read(fetched(client, "LIST d"), SwappedFolder.PRIVATE.getBytes());
      case DELE -> told(false, client.command("DELE d/f").startsWith("250 "));
      case MFMT -> told(false, client.command("MFMT 20200101000000 d/f").startsWith("213 "));
      case STOR -> told(false, client.store("STOR d/new", new byte[1]).startsWith("226 "));
      case RNTO -> {
        server.file("source", SwappedFolder.INSIDE);
        client.command("RNFR source");
        yield told(false, client.command("RNTO d/moved").startsWith("250 "));
      }
    };
  }

  /** What every command of FTP does with files, without the wire. */
  private static Outcome byArea(FileArea area, Way way, AttackedServer server) throws IOException {
    try {
      return switch (way) {
        case RETR -> {
          try (OpenFile file = area.open(FILE)) {
            ByteBuffer bytes = ByteBuffer.allocate(16);
            file.channel().read(bytes);
            yield read(bytes.array(), SwappedFolder.OUTSIDE);
          }
        }
        case LIST -> {
          StringBuilder names = new StringBuilder("/");
          area.list(VirtualPath.parse("/d"), f -> names.append(f.name()).append('/'));
          yield read(names.toString().getBytes(), SwappedFolder.PRIVATE.getBytes());
        }
        case DELE -> done(() -> area.deleteFile(FILE));
        case MFMT -> done(() -> area.setModified(FILE, Instant.EPOCH));
        case STOR -> {
          VirtualPath target = VirtualPath.parse("/d/new");
          try (Upload upload = area.upload(target, OnConflict.OVERWRITE, Optional.empty(), false)) {
            upload.write(ByteBuffer.allocate(1));
            yield done(upload::publish);
          }
        }
        case RNTO -> {
          server.file("source", SwappedFolder.INSIDE);
          yield done(
              () -> area.rename(VirtualPath.parse("/source"), VirtualPath.parse("/d/moved")));
        }
      };
    } catch (RefusedException e) {
      return Outcome.REFUSED;
    }
  }

  private static Outcome done(Runnable work) {
    work.run();
    return Outcome.DONE;
  }

  /** Tries one way again and again. */
  @FunctionalInterface
  private interface Attempt {
    Outcome make(Way way) throws IOException;
  }

  private static Map<Outcome, Integer> outcomes(
      Attempt attempt, SwappedFolder swapped, Way way, int tries, boolean untilOutside)
      throws IOException {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    // On a busy machine all tries could fall between two swaps, or while one side lasts.
    long enough = swapped.swaps() + SWAPS_AT_LEAST;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (int i = 0;
        i < tries || (swapped.swaps() < enough || counts.size() < SIDES) && System.nanoTime() < end;
        i++) {
      Outcome outcome = attempt.make(way);
      if (swapped.isOutsideTouched()) {
        outcome = Outcome.OUTSIDE;
      }
      counts.merge(outcome, 1, Integer::sum);
      if (untilOutside && outcome == Outcome.OUTSIDE) {
        break;
      }
    }
    return counts;
  }

  @Test
  void theWeakServerIsLedOutsideByEveryCommand() throws Exception {
    WeakServer weak = weak(Weakness.RESOLVES_THEN_OPERATES);
    weak.permit(NO_NEW_FOLDERS);
    for (Way way : Way.values()) {
      try (SwappedFolder swapped =
              new SwappedFolder(weak.home(), folder.resolve("outside-" + way));
          RawClient client = weak.loggedIn()) {
        assertThat(
                outcomes(w -> byCommand(client, w, weak), swapped, way, ENOUGH_FOR_THE_WEAK, true))
            .as(way.name())
            .containsKey(Outcome.OUTSIDE);
      }
    }
  }

  @Test
  void oursIsNeverLedOutside() throws Exception {
    ours.permit(NO_NEW_FOLDERS);
    FileArea area = ours.portal().files.home(ours.owner().id());
    for (Way way : Way.values()) {
      try (SwappedFolder swapped =
              new SwappedFolder(ours.home(), folder.resolve("outside-" + way));
          RawClient client = ours.loggedIn()) {
        long begin = System.nanoTime();
        int wire = OVER_THE_WIRE * way.share / 100;
        Map<Outcome, Integer> byWire =
            outcomes(w -> byCommand(client, w, ours), swapped, way, wire, false);
        long middle = System.nanoTime();
        int rest = Math.max(0, (ALL - OVER_THE_WIRE) * way.share / 100);
        Map<Outcome, Integer> byArea =
            outcomes(w -> byArea(area, w, ours), swapped, way, rest, false);
        System.out.printf(
            "%s: by wire %s in %d ms, by area %s in %d ms, %d swaps%n",
            way,
            byWire,
            (middle - begin) / 1_000_000,
            byArea,
            (System.nanoTime() - middle) / 1_000_000,
            swapped.swaps());
        assertThat(byWire).as(way.name()).doesNotContainKey(Outcome.OUTSIDE);
        assertThat(byArea).as(way.name()).doesNotContainKey(Outcome.OUTSIDE);
        byWire.forEach((outcome, count) -> byArea.merge(outcome, count, Integer::sum));
        assertThat(byArea).as("both sides of the swap").hasSize(SIDES);
      }
    }
    assertThat(Files.isSymbolicLink(ours.home().resolve("d"))).isFalse();
  }

  /** What reads a file by the wire, or changes it, of a name that is a link half of the time. */
  private static boolean leadsOutside(AttackedServer server, Path outside, int tries)
      throws IOException {
    try (SwappedFile swapped = new SwappedFile(server.home(), outside);
        RawClient client = server.loggedIn()) {
      for (int i = 0; i < tries; i++) {
        client.command("MFMT 20200101000000 f");
        String read = new String(fetched(client, "RETR f"), StandardCharsets.UTF_8);
        if (read.contains("outside") || swapped.isOutsideTouched()) {
          return true;
        }
        if (i % 10 == 0) {
          client.store("APPE f", new byte[] {'x'});
        }
      }
      return false;
    }
  }

  @Test
  void aFileThatBecomesALinkIsNotFollowed() throws Exception {
    Path outside = Files.createTempDirectory(folder, "outside");
    assertThat(leadsOutside(weak(Weakness.RESOLVES_THEN_OPERATES), outside, 1000)).isTrue();
    assertThat(leadsOutside(ours, outside, OVER_THE_WIRE / 5)).isFalse();
  }
}
