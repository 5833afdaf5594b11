package org.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Channel;
import org.slipway.portal.PortalParts;

/** What the audit trail also says to the log, where an administrator turned that on. */
class AuditLogTest {
  @TempDir Path folder;

  @Test
  void aNameForgesNoLineOfTheLogAndIsKeptAsItCame() {
    String name = "x\n2026-01-01 SEVERE forged\r\u001b[2J\u2028\u202eend";
    Logger logger = Logger.getLogger(AuditTrail.class.getName());
    Lines lines = new Lines();
    logger.setLevel(Level.FINE);
    logger.addHandler(lines);
    try (PortalParts portal = PortalParts.open(folder)) {
      assertThatThrownBy(() ->
              portal.login.authenticate(
                  name, "wrong", Channel.API, PortalParts.address("192.0.2.1")))
          .hasMessageContaining("WRONG_CREDENTIALS");
      portal.settle();
      assertThat(portal.audit.page("", 0, 10)).extracting(AuditEntry::actor).contains(name);
    } finally {
      logger.removeHandler(lines);
      logger.setLevel(null);
    }
    assertThat(lines.written).isNotEmpty();
    assertThat(lines.written)
        .allSatisfy(
            line -> assertThat(line).doesNotContain("\n", "\r", "\u001b", "\u2028", "\u202e"));
  }

  /** Keeps what is logged. */
  private static final class Lines extends Handler {
    private final List<String> written = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      written.add(line.getMessage());
    }

    @Override
    public void flush() {
      // It keeps everything at once.
    }

    @Override
    public void close() {
      // It holds nothing open.
    }
  }
}
