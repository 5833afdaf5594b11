package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.RfcClient;
import org.slipway.bootp.RfcRequest;
import org.slipway.portal.RunningPortal;
import org.slipway.portal.Visitor;

/** The same payloads as of {@link InjectionIT} by FTP, TFTP and BOOTP. */
class WireInjectionIT {
  private static int logged;

  @BeforeAll
  static void begin() {
    logged = Api.portal().log().length();
  }

  @AfterAll
  static void nothingWasForgedInTheLog() {
    String since = Api.portal().log().substring(logged);
    assertThat(since.lines()).noneMatch(line -> line.startsWith(InjectionIT.FORGED));
    assertThat(since).doesNotContain("\u001b", "SEVERE", "DROP TABLE");
  }

  @Test
  void noFtpCommandIsMoreThanItsLine() throws IOException {
    List<String> controls = List.of("\u001b[31mred", "x\0y", "x\u2028y", "\u0085");
    for (String verb : List.of("USER", "PASS", "SITE", "CWD", "OPTS", "HOST", "XYZ")) {
      answered(verb, InjectionIT.PAYLOADS.subList(0, 6), "[345]\\d\\d .*");
      answered(verb, InjectionIT.PAYLOADS.subList(6, 12), "[345]\\d\\d .*");
      answered(verb, controls, "[345]\\d\\d [ -~]*");
    }
    // Noted, and repeated to nobody but operators.
    for (String verb : List.of("CLNT", "ACCT")) {
      answered(verb, InjectionIT.PAYLOADS.subList(0, 12), "(20[02]|5\\d\\d) [ -~]*");
      answered(verb, controls, "(20[02]|5\\d\\d) [ -~]*");
    }
  }

  /** On a connection of their own: unknown commands are not taken for long. */
  private static void answered(String verb, List<String> payloads, String reply)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", Api.portal().ftpPort())) {
      socket.setSoTimeout(20_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(in.readLine()).startsWith("220 ");
      for (String payload : payloads) {
        assertThat(said(socket, in, verb + " " + payload)).as(verb + payload).matches(reply);
      }
      // A reply too many would stand here in its place.
      assertThat(said(socket, in, "QUIT")).as(verb).startsWith("221 ");
      assertThat(in.readLine()).as(verb).isNull();
    }
  }

  private static String said(Socket socket, BufferedReader in, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    return in.readLine();
  }

  @Test
  void noTftpRequestIsMoreThanAName() throws IOException {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Api.portal().tftpPort());
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (String payload : InjectionIT.PAYLOADS) {
        String name = payload.replace("\0", "");
        for (String request :
            List.of(
                name + "\0octet\0",
                "none\0" + name + "\0",
                "none\0octet\0" + name + "\0" + "1\0",
                "none\0octet\0blksize\0" + name + "\0")) {
          send(socket, server, request);
        }
      }
    }
    // From a port of its own, so that no answer to one of those is taken for its.
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(20_000);
      send(socket, server, "the-witness\0octet\0");
      DatagramPacket reply = new DatagramPacket(new byte[600], 600);
      socket.receive(reply);
      assertThat(reply.getData()[1]).isEqualTo((byte) 5);
    }
  }

  private static void send(DatagramSocket socket, InetSocketAddress server, String request)
      throws IOException {
    byte[] text = request.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[text.length + 2];
    all[1] = 1;
    System.arraycopy(text, 0, all, 2, text.length);
    socket.send(new DatagramPacket(all, all.length, server));
  }

  @Test
  void noBootpRequestIsMoreThanItsFields() throws IOException {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", Api.portal().bootpPort());
    String mac = "02:00:5e:99:01:01";
    try (RfcClient client = new RfcClient(InetAddress.ofLiteral("127.0.99.1"), server)) {
      for (String payload : InjectionIT.PAYLOADS) {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        for (int tag : new int[] {60, 12, 61, 77}) {
          byte[] value = payload.getBytes(StandardCharsets.UTF_8);
          options.write(tag);
          options.write(value.length);
          options.writeBytes(value);
        }
        byte[] octets = options.toByteArray();
        int[] vendor = new int[octets.length];
        Arrays.setAll(vendor, i -> octets[i] & 0xff);
        client.send(
            RfcRequest.of(mac, 7)
                .file(payload)
                .sname(payload)
                .length(1000)
                .cookie()
                .vendor(vendor)
                .end());
      }
    }
    Api admin = Api.administrator();
    Api.eventually(() -> seen(admin, mac) == InjectionIT.PAYLOADS.size());
    String page =
        Visitor.signedIn(admin.username, RunningPortal.ADMIN_PASSWORD)
            .get("/devices/devices.xhtml")
            .body();
    assertThat(page)
        .contains(mac)
        .doesNotContain("<script>alert(1)</script>", "<img src=x onerror", "\u001b");
  }

  /** How many of its requests were understood. */
  private static long seen(Api admin, String mac) {
    for (JsonNode device : admin.get("/api/v1/devices/unknown").json().get("items")) {
      if (device.get("hardwareAddress").asText().equals(mac)) {
        return device.get("count").asLong();
      }
    }
    return 0;
  }
}
