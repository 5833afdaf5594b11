package org.slipway.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Which client this is, and what it runs on; the build writes the number. */
final class ClientVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream in = ClientVersion.class.getResourceAsStream("version.txt")) {
      String number = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return new String[] {
        "slipway-client " + number,
        "Java %s (%s)".formatted(Runtime.version(), System.getProperty("java.home"))
      };
    }
  }
}
