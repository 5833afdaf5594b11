package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reader sees what a stranger has sent, and nothing of it acts. */
class VisibleTextTest {

  @Test
  void whatCannotBeSeenIsNamed() {
    assertThat(VisibleText.of("a\0b\u001b[31m\r\n\t\u202ec\ud800\u200b"))
        .isEqualTo("a⟨NUL⟩b⟨ESC⟩[31m⟨CR⟩⟨LF⟩⟨TAB⟩⟨U+202E⟩c⟨U+D800⟩⟨U+200B⟩");
  }

  @Test
  void whatCanBeSeenStays() {
    String text = "固件 v1.2/é <b>'\"&; 😀";
    assertThat(VisibleText.of(text)).isEqualTo(text);
    assertThat(VisibleText.of(null)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("org.slipway.audit.HostileText#all")
  void nothingLeavesXml(String text) {
    assertThat(VisibleText.of(text).codePoints())
        .noneMatch(c -> c < ' ' || c >= 0xd800 && c < 0xe000 || c == 0xfffe || c == 0xffff);
  }
}
