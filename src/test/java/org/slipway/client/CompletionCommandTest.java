package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bash offers after it has read the script. */
class CompletionCommandTest {
  @TempDir private Path scratch;

  private List<String> completed(String... words) throws Exception {
    Path script = scratch.resolve("completion");
    CommandRun run = CommandRun.of(List.of("completion"));
    assertThat(run.exitCode()).isZero();
    Files.writeString(script, run.out());
    String ask =
        """
        compopt() { :; } # only where a key was pressed
        source "$1" || exit
        shift
        COMP_WORDS=(slipway-client "$@") COMP_CWORD=$# COMP_LINE="slipway-client $*" COMP_TYPE=9
        COMP_POINT=${#COMP_LINE}
        _complete_slipway-client "slipway-client" "${COMP_WORDS[$COMP_CWORD]}"
        printf '%s\n' "${COMPREPLY[@]}"
        """;
    List<String> command =
        new java.util.ArrayList<>(List.of("bash", "-c", ask, "bash", script.toString()));
    command.addAll(List.of(words));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output.lines().map(String::strip).toList();
  }

  @Test
  void commandsAndTheirOptionsAreCompleted() throws Exception {
    assertThat(completed("pro")).containsExactly("provision");
    assertThat(completed("--ver")).containsExactly("--version");
    assertThat(completed("tftp", "")).contains("get", "put");
    assertThat(completed("ftp", "--on")).containsExactly("--on-conflict");
    assertThat(completed("tftp", "get", "--mode", ""))
        .containsExactlyInAnyOrder("octet", "netascii");
  }
}
