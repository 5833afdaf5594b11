package org.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of what a stranger has sent is lost or changed on the way to the database and back. */
class StoredTextTest {

  @ParameterizedTest
  @MethodSource("org.slipway.audit.HostileText#all")
  void comesBackAsItWas(String text) {
    String stored = StoredText.write(text, 200_000);
    assertThat(stored).doesNotContain("\0");
    assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(stored);
    assertThat(StoredText.read(stored).text()).isEqualTo(text);
    assertThat(StoredText.read(stored).cut()).isEmpty();
  }

  @Test
  void anyTextComesBack() {
    Random random = new Random(4711);
    char[] alphabet = {'a', 0, '\u241b', '\ud83d', '\ude00', '[', '0', 'D', ',', ']', '\uffff'};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(alphabet[random.nextInt(alphabet.length)]);
      }
      String stored = StoredText.write(text.toString(), 100);
      assertThat(StoredText.read(stored).text()).isEqualTo(text.toString());
      assertThat(stored.length()).isLessThanOrEqualTo(text.length() * 5);
    }
  }

  @Test
  void whatIsCutSaysSoAndWhatItWas() throws Exception {
    String text = "ab\0" + "x".repeat(5000);
    StoredText read = StoredText.read(StoredText.write(text, 10));
    assertThat(read.text()).isEqualTo("ab\0xxxxxxx");
    assertThat(read.cut().orElseThrow().length()).isEqualTo(5003);
    assertThat(read.cut().orElseThrow().sha256())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aTextThatLooksCutIsNot() {
    String cut = StoredText.write("y".repeat(20), 10);
    StoredText read = StoredText.read(StoredText.write(cut, 1000));
    assertThat(read.text()).isEqualTo(cut);
    assertThat(read.cut()).isEmpty();
  }

  @Test
  void noPairIsCutInTwo() {
    StoredText read = StoredText.read(StoredText.write("abc\ud83d\ude00def", 4));
    assertThat(read.text()).isEqualTo("abc");
    assertThat(read.cut().orElseThrow().length()).isEqualTo(8);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(StoredText.write(null, 5)).isNull();
    assertThat(StoredText.read(null).text()).isNull();
    assertThat(StoredText.read("").text()).isEmpty();
  }
}
