package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two text files that come beside a manifest's files. */
class ListsTest {
  private static final String SUM = "a".repeat(64);

  private static FileList list(String text) {
    return FileList.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Checksums sums(String text) {
    return Checksums.parse(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @Test
  void readsARenderedList() {
    FileList list =
        list("# slipway manifest sw version 3\nrootfs: images/rootfs.img\nconfig: 配置 1.cfg\n");
    assertThat(list.entries())
        .containsExactly(
            new FileList.Entry("rootfs", new RemoteName("images/rootfs.img")),
            new FileList.Entry("config", new RemoteName("配置 1.cfg")));
  }

  @Test
  void theNameIsWhatFollowsTheFirstColon() {
    assertThat(list("a:b:c").entries())
        .containsExactly(new FileList.Entry("a", new RemoteName("b:c")));
  }

  @Test
  void blanksEmptyLinesAndWindowsLineEndsDoNotMatter() {
    assertThat(list("\r\n  # comment\r\n\t a :\t b \r\n\r\n").entries())
        .containsExactly(new FileList.Entry("a", new RemoteName("b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no colon", "key:", "key: /etc/passwd", "key: ..", "key: a\\b"})
  void aLineThatCannotBeFollowedIsNamed(String line) {
    assertThatThrownBy(() -> list("# heading\n" + line))
        .isInstanceOf(FileList.MalformedListException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void readsChecksumsOfBothModes() {
    Checksums sums = sums(SUM + "  a b\n" + SUM.toUpperCase() + " *图.img\n");
    assertThat(sums.of(new RemoteName("a b"))).contains(SUM);
    assertThat(sums.of(new RemoteName("图.img"))).contains(SUM);
    assertThat(sums.of(new RemoteName("other"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "abc  file", "  ", "MD5 (a) = 1"})
  void whatSha256sumDoesNotWriteIsNoChecksumFile(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    assertThat(Checksums.parse(content).isPresent()).isEqualTo(text.isBlank());
  }
}
