package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b/c.bin",
        "..a",
        "a..",
        "...",
        "a b",
        "配置/交换机 1.cfg",
        "<script>",
        "#{7*7}",
        "a:b"
      })
  void harmlessNamesPass(String name) {
    assertThat(new RemoteName(name).segments()).containsExactly(name.split("/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "..",
        "../a",
        "a/..",
        "a/../b",
        ".",
        "./a",
        "a//b",
        "a/",
        "a\\b",
        "..\\a",
        "C:",
        "C:/a",
        "a\0b",
        "a\rb",
        "a\nb",
        "a\u001bb",
        "a\u0085b",
        "a\u2028b",
        ".slipway-x",
        "a/.slipway-x"
      })
  void namesThatCouldHarmAreRefused(String name) {
    assertThatThrownBy(() -> new RemoteName(name))
        .isInstanceOf(RemoteName.UnsafeNameException.class)
        .message()
        .doesNotContainPattern("\\p{Cntrl}");
  }
}
