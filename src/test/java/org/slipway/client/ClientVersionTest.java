package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientVersionTest {
  private static final Pattern PROJECT =
      Pattern.compile("<artifactId>slipway</artifactId>\\s*<version>([^<]+)</version>");

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void theVersionIsTheProjects(String option) throws Exception {
    Matcher project = PROJECT.matcher(Files.readString(Path.of("pom.xml")));
    assertThat(project.find()).isTrue();
    CommandRun run = CommandRun.of(List.of(option));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .containsExactly(
            "slipway-client " + project.group(1),
            "Java " + Runtime.version() + " (" + System.getProperty("java.home") + ")");
  }

  @Test
  void theHelpNamesItBesideAllCommands() {
    assertThat(CommandRun.of(List.of("--help")).out())
        .contains("-V, --version", "provision", "completion");
  }
}
