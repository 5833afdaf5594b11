package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is drawn can be read. */
class QrCodeTest {
  private static final String TEXT =
      "otpauth://totp/Slipway:ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Slipway";

  @Test
  void whatIsDrawnCanBeRead() throws Exception {
    String url = QrCode.dataUrl(TEXT);
    assertThat(url).startsWith("data:image/svg+xml;base64,");
    String svg =
        new String(
            Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)),
            StandardCharsets.UTF_8);
    Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
    assertThat(box.find()).isTrue();
    int size = Integer.parseInt(box.group(1)) - 8;
    BitMatrix modules = new BitMatrix(size);
    Matcher dot = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
    while (dot.find()) {
      modules.set(Integer.parseInt(dot.group(1)) - 4, Integer.parseInt(dot.group(2)) - 4);
    }
    assertThat(new Decoder().decode(modules).getText()).isEqualTo(TEXT);
  }
}
