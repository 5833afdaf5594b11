package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown inline is pixels or text, whatever the file is called. */
class PreviewKindTest {

  @Test
  void knowsPicturesByTheirFirstBytes() {
    assertThat(PreviewKind.picture(latin("\u0089PNG\r\n\u001a\nx"))).contains("image/png");
    assertThat(PreviewKind.picture(latin("\u00ff\u00d8\u00ff\u00e0"))).contains("image/jpeg");
    assertThat(PreviewKind.picture(latin("GIF89a"))).contains("image/gif");
    assertThat(PreviewKind.picture(latin("RIFF....WEBPVP8 "))).contains("image/webp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        "<?xml version='1.0'?><svg/>",
        "<!DOCTYPE html><script>alert(1)</script>",
        "%PDF-1.7",
        "RIFF....WAVE",
        "\u0089PN",
        ""
      })
  void nothingElseIsAPicture(String beginning) {
    assertThat(PreviewKind.picture(latin(beginning))).isEmpty();
  }

  @Test
  void readsTheUsualEncodings() {
    String text = "<script>\u6587\u4ef6</script>\r\n";
    assertThat(PreviewKind.text(text.getBytes(StandardCharsets.UTF_8), true)).contains(text);
    assertThat(PreviewKind.text(("\ufeff" + text).getBytes(StandardCharsets.UTF_8), true))
        .contains(text);
    assertThat(PreviewKind.text(text.getBytes(StandardCharsets.UTF_16), true)).contains(text);
    assertThat(PreviewKind.text(text.getBytes(Charset.forName("GB18030")), true)).contains(text);
    assertThat(PreviewKind.text(latin("caf\u00e9"), true)).contains("caf\u00e9");
    assertThat(PreviewKind.text(new byte[0], true)).contains("");
  }

  @Test
  void aCharacterThatIsCutInTwoIsLeftOut() {
    byte[] whole = "ab\u6587".getBytes(StandardCharsets.UTF_8);
    assertThat(PreviewKind.text(Arrays.copyOf(whole, 4), false)).contains("ab");
  }

  @Test
  void binaryIsNoText() {
    assertThat(PreviewKind.text(new byte[] {'a', 0, 'b'}, true)).isEmpty();
    assertThat(PreviewKind.text(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, true)).isEmpty();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
