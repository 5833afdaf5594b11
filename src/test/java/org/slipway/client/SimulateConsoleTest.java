package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A simulation on a terminal. */
@EnabledOnOs(OS.LINUX)
class SimulateConsoleTest {
  private static final int BROKEN_OFF = 130;

  @TempDir private Path scratch;
  private ServingPortal portal;

  @BeforeEach
  void open() throws Exception {
    portal = new ServingPortal(Files.createDirectory(scratch.resolve("portal")));
    portal.step("kernel.img", new byte[70_000]).devices(3, "127.0.11.1");
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private PseudoTerminal terminal() {
    List<String> arguments =
        new ArrayList<>(List.of("simulate", "127.0.0.1", "--mac", ServingPortal.MAC, "--count=3"));
    arguments.addAll(portal.ports());
    return new PseudoTerminal(scratch.resolve("config"), arguments.toArray(String[]::new));
  }

  /** It still waits whether anybody answers when the user has seen enough. */
  @Test
  void theTableIsRedrawnInFortyColumnsAndCtrlCTellsHowFarItIs() throws Exception {
    PseudoTerminal.Session session =
        terminal()
            .expect("0.2 MiB ")
            .expect("MiB/s")
            .expect("MiB/s")
            .expect("MiB/s")
            .send(PseudoTerminal.CTRL_C)
            .expect("3 devices: 0 done, 0 failed, 3 not finished.")
            .run(40);
    assertThat(session.exitCode()).as(session.screen()).isEqualTo(BROKEN_OFF);
    String table = session.screen().substring(0, session.screen().indexOf("3 devices:"));
    assertThat(table).contains("\u001b[8A").endsWith("\u001b[8A\u001b[J");
    List<String> lines =
        Stream.of(table.split("\r?\n"))
            .map(line -> line.replaceAll("\u001b\\[[0-9]*[A-Z]|\\^C", ""))
            .toList();
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(40));
    assertThat(lines).anySatisfy(line -> assertThat(line).matches("BOOTP +3"));
  }

  @Test
  void theReportTakesThePlaceOfTheTable() throws Exception {
    PseudoTerminal.Session session =
        terminal().expect("BOOTP").expect("3 devices: 3 done, 0 failed.").run(80);
    assertThat(session.exitCode()).as(session.screen()).isZero();
    assertThat(session.screen()).contains("\u001b[J3 devices: 3 done", "first answer");
  }
}
