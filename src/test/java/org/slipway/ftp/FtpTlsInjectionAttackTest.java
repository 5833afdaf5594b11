package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Somebody on the way puts commands behind the AUTH of the client, which the client's TLS then
 * covers: it works in an account that is not its own.
 */
class FtpTlsInjectionAttackTest extends AttackTest {

  /** Whether the victim, who has only shaken hands, finds himself logged in. */
  private static boolean loggedInByOthers(AttackedServer server, String padding)
      throws IOException {
    try (RawClient victim = new RawClient(server.address())) {
      victim.send(
          "AUTH TLS\r\n"
              + padding
              + "USER "
              + AttackedServer.OWNER
              + "\r\nPASS "
              + TestPortal.PASSWORD);
      assertThat(victim.reply()).startsWith("234 ");
      try {
        victim.secure(TrustsAnybody.context());
      } catch (IOException cut) {
        return false;
      }
      victim.send("PWD");
      String told = victim.reply();
      while (!told.isEmpty() && !told.matches("(?s)(257|530|421) .*")) {
        told = victim.reply();
      }
      return told.startsWith("257 ");
    }
  }

  @Test
  void nothingInTheClearIsObeyedBehindTheHandshake() throws Exception {
    for (String padding : List.of("", "NOOP\r\n", "NOOP\r\n".repeat(200))) {
      assertThat(loggedInByOthers(weak(Weakness.KEEPS_WHAT_CAME_BEFORE_TLS), padding)).isTrue();
      assertThat(loggedInByOthers(ours, padding)).isFalse();
    }
  }
}
