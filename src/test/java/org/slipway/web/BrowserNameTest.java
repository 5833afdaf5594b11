package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrowserNameTest {
  @Test
  void knownBrowsersAreNamed() {
    assertThat(
            BrowserName.of(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"))
        .isEqualTo("Edge · Windows");
    assertThat(
            BrowserName.of(
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))
        .isEqualTo("Firefox · Linux");
    assertThat(
            BrowserName.of(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
                    + " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"))
        .isEqualTo("Safari · iOS");
  }

  @Test
  void nothingOfWhatABrowserSaysIsShown() {
    assertThat(BrowserName.of("<script>alert(1)</script>\r\nX: #{7*7}")).isEqualTo("? · ?");
    assertThat(BrowserName.of(null)).isEqualTo("? · ?");
  }
}
