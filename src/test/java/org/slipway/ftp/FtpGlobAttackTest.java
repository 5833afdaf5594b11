package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patterns that make a server search for ever, or remember everything that they could mean. */
class FtpGlobAttackTest extends AttackTest {
  private static final Duration LONG = Duration.ofMillis(700);

  /** The weak one searches for longer than anybody lives; a busy machine may take a second. */
  private static final Duration FOR_EVER = Duration.ofSeconds(10);

  private static final long MOST_BYTES = 64 << 20;

  /**
   * What other threads allocate is counted too, and only adds: the weak server's thread, which has
   * allocated hundreds of megabytes, may be counted when it is over for good.
   */
  private static final int ROUNDS = 3;

  private static final String NAME = "a".repeat(200);

  static List<String> bombs() {
    return List.of(
        "*a".repeat(60) + "*x",
        "*".repeat(60) + "x",
        "*".repeat(300) + "a".repeat(200) + "x",
        "*[a-z]".repeat(30) + "x",
        "{a,b,a*}".repeat(25),
        "{{a,b},{c,d}}".repeat(16),
        "{a,b{c,d{e,f{g,h{i,j}}}}}".repeat(8) + "*",
        "[".repeat(200) + "a" + "]".repeat(200) + "*a".repeat(20) + "x");
  }

  /** Whether a session of one command is still not free after a while. */
  private static boolean hangs(AttackedServer server, String verb, String bomb, Duration patience)
      throws IOException {
    try (RawClient attacker = server.loggedIn();
        Socket data = attacker.data()) {
      attacker.socket.setSoTimeout((int) patience.toMillis());
      data.setSoTimeout((int) patience.toMillis());
      try {
        attacker.send(verb + " " + bomb);
        if (attacker.reply().startsWith("150 ")) {
          data.getInputStream().readAllBytes();
          attacker.reply();
        }
        attacker.send("NOOP");
        return !attacker.reply().startsWith("200 ");
      } catch (SocketTimeoutException stillSearching) {
        return true;
      }
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void noPatternCostsMoreThanItsLength(String bomb) throws Exception {
    WeakServer weak = weak(Weakness.BACKTRACKS);
    weak.file(NAME, new byte[0]);
    ours.file(NAME, new byte[0]);
    assertThat(hangs(weak, "LIST", bomb, LONG)).isTrue();
    weak.close();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, allocatedByOurs(bomb));
    }
    assertThat(least).isLessThan(MOST_BYTES);
  }

  private long allocatedByOurs(String bomb) throws IOException {
    long before = allocated();
    for (String verb : List.of("LIST", "NLST", "MLSD", "STAT", "RETR")) {
      assertThat(hangs(ours, verb, bomb, FOR_EVER)).as(verb).isFalse();
    }
    return allocated() - before;
  }
}
