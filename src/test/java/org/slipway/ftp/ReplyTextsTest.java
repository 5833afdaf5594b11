package org.slipway.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slipway.ftp.wire.Reply;

/** Texts of replies in Chinese: none is missing, and what programs read stays. */
class ReplyTextsTest {
  private static final Path SOURCES = Path.of("src/main/java/org/slipway/ftp");

  /** Where replies are made, and the lines of those that have several. */
  private static final Pattern MAKES_REPLY =
      Pattern.compile("new Reply\\(|Reply\\.of\\(|NoDataConnectionException\\(|lines\\.add\\(");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** What programs read, or the name of something. */
  private static final Set<String> FOR_PROGRAMS =
      Set.of(
          "MLST ",
          "REST STREAM",
          "LANG ",
          "MODE Z",
          "MFF modify;",
          "HASH ",
          "AUTH TLS",
          "PBSZ",
          "PROT",
          "TVFS",
          "UTF8",
          "MLST OPTS ",
          "Modify=",
          "modify=",
          "PBSZ=0",
          "UNIX Type: L8",
          "Entering Passive Mode (",
          "Entering Extended Passive Mode (",
          "FILE: ",
          "TYPE ",
          "; STRU FILE; MODE ",
          "SITE ");

  private static final Map<String, String> TEXTS = ReplyTexts.read("replies_zh.txt");

  /** The literals among the arguments of what makes a reply. */
  private static List<String> literals(String source) {
    List<String> found = new ArrayList<>();
    Matcher make = MAKES_REPLY.matcher(source);
    while (make.find()) {
      int depth = 1;
      int at = make.end();
      boolean quoted = false;
      while (depth > 0) {
        char c = source.charAt(at++);
        if (quoted) {
          if (c == '\\') {
            at++;
          } else if (c == '"') {
            quoted = false;
          }
        } else if (c == '"') {
          quoted = true;
        } else if (c == '(') {
          depth++;
        } else if (c == ')') {
          depth--;
        }
      }
      Matcher literal = LITERAL.matcher(source.substring(make.end(), at));
      while (literal.find()) {
        found.add(literal.group(1).replace("\\\"", "\""));
      }
    }
    return found;
  }

  /** Where a text is made of several parts, each must stand in a text that is known. */
  @Test
  void noTextMissesItsTranslation() throws IOException {
    List<String> missing = new ArrayList<>();
    int seen = 0;
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        // A literal that was broken for its length is one text.
        String source = Files.readString(file).replaceAll("\"\\s*\\n\\s*\\+ \"", "");
        for (String literal : literals(source)) {
          String text = literal.replaceAll("%[sd]", "{}");
          if (!text.matches(".*[A-Za-z]{2}.*") || FOR_PROGRAMS.contains(literal)) {
            continue;
          }
          seen++;
          if (TEXTS.keySet().stream().noneMatch(t -> t.contains(text))) {
            missing.add(file.getFileName() + ": " + literal);
          }
        }
      }
    }
    assertThat(seen).as("texts that were found in the sources").isGreaterThan(100);
    assertThat(missing).isEmpty();
  }

  @Test
  void eachTextIsTranslatedWithAllThatVaries() {
    TEXTS.forEach((english, chinese) -> {
      assertThat(chinese).as(english).matches("(?s).*\\p{IsHan}.*");
      assertThat(chinese.split("\\{}", -1)).as(english).hasSize(english.split("\\{}", -1).length);
    });
  }

  private static String chinese(int code, String text) {
    return ReplyLanguage.ZH.of(new Reply(code, text)).text();
  }

  @Test
  void whatVariesIsKept() {
    assertThat(chinese(150, "Sending a {} b (12 bytes).")).isEqualTo("正在发送 a {} b（12 字节）。");
    assertThat(chinese(150, "Ready for x from 10.")).isEqualTo("可以接收 x，从 10 开始。");
    assertThat(chinese(421, "The account is suspended; closing the connection."))
        .isEqualTo("关闭连接：账户已被停用");
  }

  @Test
  void anUnknownRefusalIsExplainedByItsCode() {
    assertThat(chinese(550, "Something else")).isEqualTo("操作被拒绝：Something else");
    assertThat(chinese(213, "12345")).isEqualTo("12345");
  }

  /** A file may have a name that reads like one of our texts. */
  @Test
  void listingsStayAsTheyAre() {
    Reply listing = Reply.of(213, "State of /f:", List.of("Folder x", "Logged in."), "End");
    assertThat(ReplyLanguage.ZH.of(listing).lines())
        .containsExactly("/f 的状态：", "Folder x", "Logged in.", "结束");
  }
}
