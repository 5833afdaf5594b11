package org.slipway.audit;

import java.util.stream.Stream;

/** What outsiders put into fields. */
public final class HostileText {
  private HostileText() {}

  public static Stream<String> all() {
    return Stream.of(
        "",
        " ",
        "plain",
        "'; DROP TABLE audit_entry; --",
        "\" OR 1=1 --",
        "back\\slash \\' \\\" \\0 \\u0000 % _ \\%",
        "SELECT a FROM Account a WHERE a.name = :name",
        "#{7*7} ${7*7} #{request.getClass()} {{7*7}}",
        "<script>alert(1)</script>'\"--",
        "</td></table><img src=x onerror=alert(1)>]]><!--",
        "line\r\nX-Injected: yes\r\n\r\nbody",
        "\u001b[31mred\u001b[0m\u0007\b\u007f\u009b",
        "nul\0inside\0",
        "\ud800 half",
        "half \udfff",
        "\udc00\ud800",
        "pair \ud83d\ude00",
        "\u202eright to left\u202c \u2066isolate\u2069 \u200f",
        "\ufeffmark \u200b zero \uffff \ufffe",
        "\u241b0000 \u241b[5,ab] \u241b",
        "中文 用户名",
        "=HYPERLINK(\"http://x\";\"y\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "'quoted",
        "\ttab",
        "x".repeat(1_999));
  }
}
