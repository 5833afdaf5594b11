package org.slipway.ftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A conversation with the listener, all of whose decisions follow from its seed. */
final class FuzzConversation {
  private static final Pattern PORT = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");
  private static final int PATIENCE = 200;
  private static final int END_PATIENCE = (int) TimeUnit.SECONDS.toMillis(20);

  private static final List<String> DOWNLOADS =
      List.of("RETR a", "RETR d/b", "LIST", "NLST -a", "MLSD", "LIST d", "RETR missing", "RETR d");
  private static final List<String> UPLOADS =
      List.of(
          "STOR up", "APPE up", "STOU", "STOR d/new", "STOR ../x", "STOR a", "APPE a", "STOR d");
  private static final List<String> BEFORE =
      List.of(
          ("REST 5, REST 999999999999, TYPE A, TYPE I, MODE Z, MODE S, "
                  + "ALLO 100, ALLO 999999999999999, OPTS MODE Z LEVEL 0, PROT P, PROT C, EPSV ALL")
              .split(", "));

  private final InetSocketAddress server;
  private final String username;
  private final Random random;
  private final String from;
  private final List<Socket> open = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private Socket control;
  private SSLContext tls;
  private Thread listener;
  private boolean over;
  private boolean cut;

  FuzzConversation(InetSocketAddress server, String username, long seed) {
    this.server = server;
    this.username = username;
    this.random = new Random(seed);
    this.from = "127.0.0." + (2 + random.nextInt(20));
  }

  /** What the client did, for whoever has to find out. */
  List<String> told() {
    return told;
  }

  synchronized byte[] heard() {
    return heard.toByteArray();
  }

  /** Whether what was heard may end anywhere. */
  boolean isCut() {
    return cut;
  }

  /** Has the conversation from greeting to end; a listener that does not end it fails. */
  void hold() throws Exception {
    try {
      begin();
      int steps = 2 + random.nextInt(14);
      for (int i = 0; i < steps && !isOver(); i++) {
        step();
      }
      end();
    } catch (IOException e) {
      told.add(e.toString());
      cut = true;
    } finally {
      control.close();
      closeOpen();
      listener.join(END_PATIENCE);
    }
  }

  private void begin() throws IOException {
    control = new Socket();
    control.bind(new InetSocketAddress(from, 0));
    control.connect(server, 5000);
    control.setSoTimeout(END_PATIENCE);
    if (random.nextInt(5) == 0) {
      shakeHands();
    }
    InputStream in = control.getInputStream();
    listener = Thread.startVirtualThread(() -> listen(in));
    if (random.nextInt(8) > 0) {
      say("USER " + username);
      say("PASS " + TestPortal.PASSWORD);
    }
  }

  private void shakeHands() throws IOException {
    readLine();
    say("AUTH TLS");
    readLine();
    SSLContext context = TrustsAnybody.context();
    SSLSocket secured =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(control, server.getHostString(), server.getPort(), true);
    listener = Thread.ofVirtual().unstarted(() -> {});
    secured.startHandshake();
    control = secured;
    tls = context;
  }

  private void readLine() throws IOException {
    for (int b = control.getInputStream().read();
        b >= 0 && b != '\n';
        b = control.getInputStream().read()) {
      hear(new byte[] {(byte) b}, 1);
    }
    hear(new byte[] {'\n'}, 1);
  }

  private void listen(InputStream in) {
    byte[] buffer = new byte[4096];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hear(buffer, n);
      }
    } catch (IOException e) {
      cut = true;
    } finally {
      synchronized (this) {
        over = true;
        notifyAll();
      }
    }
  }

  private synchronized void hear(byte[] bytes, int n) {
    heard.write(bytes, 0, n);
    notifyAll();
  }

  private synchronized boolean isOver() {
    return over;
  }

  private void step() throws Exception {
    if (random.nextInt(3) > 0) {
      closeOpen();
    }
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> transfer();
      case 6 -> abort();
      case 7 -> say(new FuzzedLine(random).raw());
      case 8 -> sayHalf();
      case 9 -> {
        say("USER " + username);
        say("PASS " + TestPortal.PASSWORD);
      }
      case 10 -> say(any(BEFORE));
      case 11, 12, 13 -> say(new FuzzedLine(random).valid());
      default -> say(new FuzzedLine(random).mutated());
    }
  }

  /** What a transfer has left open; it may still wait for its end. */
  private void closeOpen() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void say(String line) throws IOException {
    say((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private void say(byte[] bytes) throws IOException {
    told.add(new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.ISO_8859_1));
    control.getOutputStream().write(bytes);
    control.getOutputStream().flush();
  }

  private void sayHalf() throws IOException {
    byte[] line = new FuzzedLine(random).mutated();
    byte[] half = new byte[random.nextInt(line.length)];
    System.arraycopy(line, 0, half, 0, half.length);
    say(half);
  }

  /** By Telnet IP and Synch, whose mark is urgent data, or plainly. */
  private void abort() throws IOException {
    if (tls == null && random.nextBoolean()) {
      say(new byte[] {(byte) 255, (byte) 244});
      control.sendUrgentData(255);
      say(new byte[] {(byte) 242});
    }
    say("ABOR");
  }

  private void transfer() throws Exception {
    for (int i = random.nextInt(3); i > 0; i--) {
      say(any(BEFORE));
    }
    boolean up = random.nextBoolean();
    String command = any(up ? UPLOADS : DOWNLOADS);
    Optional<Socket> data = random.nextInt(5) == 0 ? active(command) : passive(command);
    if (data.isPresent()) {
      open.add(data.get());
      told.add(new FuzzedData(random, server, Optional.ofNullable(tls)).move(data.get(), up));
    }
    if (random.nextInt(6) == 0) {
      abort();
    }
  }

  private Optional<Socket> passive(String command) throws IOException {
    int mark = heard().length;
    say("EPSV");
    int port = awaitPort(mark);
    if (port < 0 || random.nextInt(10) == 0) {
      say(command);
      return Optional.empty();
    }
    Socket data = SocketChannel.open().socket();
    open.add(data);
    String own = random.nextInt(15) == 0 ? "127.0.0.99" : from;
    data.bind(new InetSocketAddress(own, 0));
    boolean late = random.nextInt(4) == 0;
    if (late) {
      say(command);
    }
    data.connect(new InetSocketAddress(server.getAddress(), port), 2000);
    if (!late) {
      say(command);
    }
    return Optional.of(data);
  }

  private Optional<Socket> active(String command) throws IOException {
    try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getByName(from))) {
      own.setSoTimeout(PATIENCE);
      int port = own.getLocalPort();
      say(
          random.nextBoolean()
              ? "EPRT |1|" + from + "|" + port + "|"
              : "PORT " + from.replace('.', ',') + "," + port / 256 + "," + port % 256);
      say(command);
      return random.nextInt(6) == 0 ? Optional.empty() : Optional.of(own.accept());
    } catch (java.net.SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  private int awaitPort(int mark) {
    long end = System.currentTimeMillis() + PATIENCE;
    synchronized (this) {
      while (true) {
        String news = heard.toString(StandardCharsets.ISO_8859_1).substring(mark);
        Matcher port = PORT.matcher(news);
        if (port.find()) {
          return Integer.parseInt(port.group(1));
        }
        long left = end - System.currentTimeMillis();
        if (left <= 0 || over || news.matches("(?s)(.*\n)?[45]\\d\\d .*\n")) {
          return -1;
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void end() throws Exception {
    told.add("(the end)");
    switch (random.nextInt(6)) {
      case 0 -> {
        cut = true;
        if (tls == null) {
          RawClient.reset(control);
        }
      }
      case 1 -> cut = true;
      case 2 -> {
        say("AUTH TLS");
        say(new FuzzedLine(random).raw());
        awaitEnd();
      }
      case 3 -> {
        say("\r\nQUIT");
        awaitEnd();
      }
      default -> awaitEnd();
    }
  }

  /** Says that nothing more comes; the listener must end then, whatever it was told before. */
  private void awaitEnd() throws Exception {
    closeOpen();
    if (tls != null) {
      cut = true;
      return;
    }
    control.shutdownOutput();
    listener.join(END_PATIENCE);
    if (listener.isAlive()) {
      throw new AssertionError("The session does not end");
    }
  }
}
