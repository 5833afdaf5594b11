package org.slipway.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 959 section 4.2. */
class ReplyTest {
  private static String text(Reply reply) {
    return StandardCharsets.UTF_8.decode(reply.encode()).toString();
  }

  @Test
  void oneLine() {
    assertThat(text(new Reply(200, "OK."))).isEqualTo("200 OK.\r\n");
  }

  @Test
  void severalLinesNeverLookLikeTheLast() {
    assertThat(text(Reply.of(211, "Features:", List.of("SIZE", "211 no end"), "End")))
        .isEqualTo("211-Features:\r\n SIZE\r\n 211 no end\r\n211 End\r\n");
  }

  @Test
  void controlCharactersCannotMakeAnotherReply() {
    assertThat(text(new Reply(550, "a\r\n230 in\0"))).isEqualTo("550 a??230 in?\r\n");
  }

  @Test
  void quotesInAPathAreDoubled() {
    assertThat(Reply.quoted("/a\"b")).isEqualTo("\"/a\"\"b\"");
  }

  @Test
  void aCodeHasThreeDigits() {
    assertThatThrownBy(() -> new Reply(99, "x")).isInstanceOf(IllegalArgumentException.class);
  }
}
