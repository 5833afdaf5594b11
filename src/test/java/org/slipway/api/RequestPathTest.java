package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.RefusedException;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/a/b.txt, a/b.txt",
    "a//b, a/b",
    "/a%20b+c, a b+c",
    "/%E4%B8%AD, 中",
    "/a%3Bb, a;b",
    "/%253B, %3B",
    "/<script>, <script>",
    "/%23%7B7*7%7D, #{7*7}"
  })
  void decodesEachSegmentOnce(String raw, String path) {
    assertThat(RequestPath.parse(raw).path().relative()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a;b",
        "/a;jsessionid=1/c",
        "/../a",
        "/%2e%2e/a",
        "/.%2e",
        "/.",
        "/a%2Fb",
        "/a%5Cb",
        "/a\\b",
        "/a%00",
        "/a%0d%0ab",
        "/%ff",
        "/%c0%af",
        "/%",
        "/%4",
        "/%zz",
        "/.slipway-x",
        "/%E2%80%A8"
      })
  void refusesWhatIsNoName(String raw) {
    assertThatThrownBy(() -> RequestPath.parse(raw))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("BAD_NAME");
  }

  @Test
  void refusesALongName() {
    assertThatThrownBy(() -> RequestPath.parse("/" + "x".repeat(300)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void aSlashAtTheEndMeansAFolder() {
    assertThat(RequestPath.parse("/a/").folder()).isTrue();
    assertThat(RequestPath.parse("").folder()).isTrue();
    assertThat(RequestPath.parse("/a").folder()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "中/x;y", "50%", "a+b", "<script>"})
  void encodesWhatItDecodes(String path) {
    var parsed = org.slipway.storage.VirtualPath.parse(path);
    assertThat(RequestPath.parse(RequestPath.encode(parsed)).path()).isEqualTo(parsed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/files/../me", "/api/%2E%2e/x", "/api/v1/me;x=y", "/api/./v1"})
  void theFilterRefusesWhatTheContainerWouldNormalise(String raw) {
    assertThatThrownBy(() -> StrictPathFilter.check(raw)).isInstanceOf(RefusedException.class);
  }

  @Test
  void theFilterLetsOrdinaryPathsThrough() {
    StrictPathFilter.check("/api/v1/files/a...b/.hidden/%E4%B8%AD");
  }
}
