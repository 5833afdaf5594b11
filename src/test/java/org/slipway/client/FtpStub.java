package org.slipway.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An FTP server for one test, with the few commands that fetching takes, and known faults. */
final class FtpStub implements AutoCloseable {
  static final String USER = "dev";
  static final String PASSWORD = "correct horse";

  private final ServerSocket control = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final Map<String, byte[]> files;
  private final Fault fault;
  private final Thread thread;
  private final AtomicInteger sessions = new AtomicInteger();
  private volatile CountDownLatch gathering = new CountDownLatch(0);

  /** What goes wrong. */
  enum Fault {
    NONE,
    /** Half of the file comes, and the server calls it whole. */
    HALF_A_FILE,
    /** Half of the file comes, then 426. */
    ABORTED,
    /** An eighth of the file comes, then the data connection is reset, and 426. */
    CUT,
    /** Half of the file comes, and then nothing at all. */
    SILENCE,
    /** The first octet is another one than that of the file whose checksum the server tells. */
    DAMAGED
  }

  FtpStub(Map<String, byte[]> files, Fault fault) throws IOException {
    this.files = files;
    this.fault = fault;
    this.thread = Thread.ofVirtual().start(this::loop);
  }

  private void loop() {
    while (!control.isClosed()) {
      try {
        Socket socket = control.accept();
        sessions.incrementAndGet();
        gathering.countDown();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (SocketException e) {
        // The test is over.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Session(socket).run();
    } catch (SocketException e) {
      // The client hung up.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is sent until so many sessions are there, as all of them are to be seen. */
  void gather(int wanted) {
    gathering = new CountDownLatch(wanted);
  }

  /** Accepted so far. */
  int sessions() {
    return sessions.get();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) control.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    control.close();
    thread.join();
  }

  private final class Session {
    private final BufferedReader in;
    private final PrintStream out;
    private ServerSocket passive;
    private boolean goesOn = true;
    private int offset;

    Session(Socket socket) throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    void run() throws IOException {
      reply("220 stub");
      while (goesOn) {
        String line = in.readLine();
        if (line == null) {
          return;
        }
        String[] parts = line.split(" ", 2);
        handle(parts[0], parts.length > 1 ? parts[1] : "");
      }
    }

    private void handle(String verb, String argument) throws IOException {
      switch (verb) {
        case "USER" -> reply("331 password");
        case "PASS" -> reply(argument.equals(PASSWORD) ? "230 in" : "530 Login incorrect");
        case "TYPE" -> reply("200 binary");
        case "SIZE" ->
            reply(
                files.containsKey(argument) ? "213 " + files.get(argument).length : "550 no file");
        case "EPSV" -> {
          passive = new ServerSocket(0, 1, control.getInetAddress());
          reply("229 Extended (|||" + passive.getLocalPort() + "|)");
        }
        case "REST" -> {
          offset = Integer.parseInt(argument);
          reply(fault == Fault.CUT || fault == Fault.NONE ? "350 from there" : "502 not here");
        }
        case "PWD" -> reply("257 \"/\"");
        case "FEAT" -> reply("211-Features\r\n HASH SHA-256\r\n211 End");
        case "OPTS" -> reply(argument.equals("HASH SHA-256") ? "200 SHA-256" : "501 not here");
        case "HASH" -> {
          byte[] content = files.get(argument);
          reply(
              "213 SHA-256 0-%d %s %s"
                  .formatted(content.length - 1, StubPortal.sha256(content), argument));
        }
        case "RETR" -> retrieve(argument);
        case "QUIT" -> {
          reply("221 bye");
          goesOn = false;
        }
        default -> reply("502 not here");
      }
    }

    private void retrieve(String name) throws IOException {
      byte[] content = files.get(name);
      if (content == null) {
        reply("550 No such file");
        return;
      }
      awaitOthers();
      int end = Math.min(content.length, offset + piece(content.length));
      try (ServerSocket listening = passive;
          Socket data = listening.accept()) {
        reply("150 here it comes");
        byte[] sent = Arrays.copyOfRange(content, offset, end);
        if (fault == Fault.DAMAGED) {
          sent[0]++;
        }
        data.getOutputStream().write(sent);
        if (fault == Fault.SILENCE) {
          data.getInputStream().read();
        }
        if (fault == Fault.CUT && end < content.length) {
          data.setSoLinger(true, 0);
        }
      }
      boolean told = fault == Fault.ABORTED || fault == Fault.CUT && end < content.length;
      reply(told ? "426 broken" : "226 whole");
      offset = 0;
    }

    /** If they never come, the number of sessions tells. */
    private void awaitOthers() throws IOException {
      try {
        gathering.await(15, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private int piece(int length) {
      return switch (fault) {
        case NONE, DAMAGED -> length;
        case HALF_A_FILE, ABORTED, SILENCE -> length / 2;
        case CUT -> length / 8;
      };
    }

    private void reply(String line) {
      out.print(line + "\r\n");
      out.flush();
    }
  }
}
