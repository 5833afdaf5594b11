package org.slipway.ftp;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.slipway.ftp.wire.HostPort;

/** One control connection to a {@link WeakServer}. */
final class WeakSession implements Runnable {
  private static final Set<String> FOREIGN = Set.of("GET", "POST", "HEAD");
  private static final Set<String> WITH_DATA =
      Set.of("RETR", "STOR", "APPE", "STOU", "LIST", "NLST");

  private final WeakServer server;
  private final WeakFiles files;
  private Socket control;
  private InputStream in;
  private byte[] early = {};
  private boolean loggedIn;
  private boolean protectedData;
  private ServerSocket passive;
  private InetSocketAddress active;

  WeakSession(WeakServer server, Socket control) {
    this.server = server;
    this.control = control;
    this.files = new WeakFiles(server);
  }

  @Override
  public void run() {
    try {
      in = new BufferedInputStream(control.getInputStream());
      reply("220 Weak server.");
      for (String line = line(); line != null; line = line()) {
        if (!server.is(Weakness.TALKS_TO_ANY_PROTOCOL) && FOREIGN.contains(line.split(" ")[0])) {
          break;
        }
        String answer = answer(line);
        reply(answer);
        if (answer.startsWith("234 ")) {
          secure();
        }
      }
    } catch (IOException e) {
      // The peer is gone.
    } finally {
      close();
    }
  }

  private void close() {
    try {
      server.forget(control);
      closePassive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  private void reply(String text) throws IOException {
    control.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    control.getOutputStream().flush();
  }

  private String answer(String line) throws IOException {
    String[] words = line.split(" ", 2);
    String verb = words[0].toUpperCase(Locale.ROOT);
    String argument = words.length > 1 ? words[1] : "";
    return switch (verb) {
      case "USER" -> "331 Password.";
      case "PASS" -> {
        loggedIn = argument.equals(TestPortal.PASSWORD);
        yield loggedIn ? "230 Welcome." : "530 No.";
      }
      case "AUTH" -> {
        early = in.readNBytes(in.available());
        yield "234 Shake hands.";
      }
      case "HELP" -> unknown("214 No help for " + argument);
      case "PBSZ", "TYPE", "NOOP", "REST" -> "200 So be it.";
      case "PROT" -> {
        protectedData = server.is(Weakness.TAKES_ANY_TLS_FOR_DATA);
        yield protectedData ? "200 So be it." : "536 No.";
      }
      default -> loggedIn ? member(verb, argument) : unknown("530 Not before a login: " + line);
    };
  }

  private String unknown(String reflected) {
    return server.is(Weakness.TALKS_TO_ANY_PROTOCOL)
        ? reflected
        : reflected.substring(0, 4) + "No.";
  }

  private String member(String verb, String argument) throws IOException {
    if (WITH_DATA.contains(verb)) {
      return transfer(verb, argument);
    }
    return switch (verb) {
      case "PWD" -> "257 \"/\"";
      case "EPSV" -> {
        active = null;
        closePassive();
        passive = server.passive();
        yield "229 Passive (|||" + passive.getLocalPort() + "|)";
      }
      case "PORT" -> active(HostPort.parsePort(argument).orElseThrow());
      case "EPRT" -> active(HostPort.parseExtendedPort(argument).orElseThrow());
      default -> files.change(verb, argument);
    };
  }

  private String active(InetSocketAddress told) {
    boolean own = told.getAddress().equals(control.getInetAddress()) && told.getPort() >= 1024;
    if (!own && !server.is(Weakness.SENDS_DATA_ANYWHERE)) {
      return "504 No.";
    }
    active = told;
    return "200 So be it.";
  }

  private String transfer(String verb, String argument) throws IOException {
    String objection = files.objection(verb, argument);
    if (!objection.isEmpty()) {
      return objection;
    }
    reply("150 Here it comes.");
    try (Socket data = data()) {
      switch (verb) {
        case "RETR" -> data.getOutputStream().write(files.read());
        case "LIST", "NLST" -> data.getOutputStream().write(files.list(argument));
        default -> files.write(verb, data.getInputStream().readAllBytes());
      }
    } catch (IOException e) {
      return "426 Broken off.";
    }
    return "226 Done.";
  }

  private Socket data() throws IOException {
    Socket data = active == null ? accepted() : new Socket();
    if (active != null) {
      data.connect(active, 2000);
    }
    data.setSoTimeout(5000);
    return protectedData ? server.secure(data) : data;
  }

  private Socket accepted() throws IOException {
    passive.setSoTimeout(5000);
    Socket data = passive.accept();
    while (!server.is(Weakness.TAKES_ANY_DATA_CONNECTION)
        && !data.getInetAddress().equals(control.getInetAddress())) {
      data.close();
      data = passive.accept();
    }
    closePassive();
    return data;
  }

  private void closePassive() throws IOException {
    if (passive != null) {
      server.forget(passive);
    }
  }

  private void secure() throws IOException {
    control = server.secure(control);
    byte[] left = server.is(Weakness.KEEPS_WHAT_CAME_BEFORE_TLS) ? early : new byte[0];
    in =
        new SequenceInputStream(
            new ByteArrayInputStream(left), new BufferedInputStream(control.getInputStream()));
  }
}
