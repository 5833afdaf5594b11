package org.slipway.ftp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Measures what idle sessions cost a running portal: opens and logs in many, and compares the live
 * heap (after a full collection) and the PSS of its process before and with them. It needs nothing
 * but a JDK, the process id of the portal on this machine and an account:
 *
 * <pre>
 * ulimit -n 20000
 * deploy/slipway.sh --data /tmp/idle --port 18080 -Dslipway.ftp.port=12121 \
 *   -Dslipway.admin.username=admin -Dslipway.admin.password=correct-horse-battery-9 \
 *   -Dslipway.ftp.max-sessions=20000 -Dslipway.ftp.max-sessions-per-address=20000
 * java src/test/java/org/slipway/ftp/IdleSessions.java \
 *   --port 12121 --pid $(pgrep -f java.*slipway.http.port=18080) --user admin \
 *   --password correct-horse-battery-9 --sessions 10000
 * </pre>
 *
 * <p>{@code --tls} protects the control connections; {@code --hold SECONDS} keeps the sessions open
 * that long, for a measurement of somebody else's transfer, and tells what they cost the processor;
 * {@code --classes N} lists those whose instances grew most.
 */
public final class IdleSessions {
  private static final int AT_ONCE = 16;
  private static final int ADDRESSES = 10;
  private static final int WARM_UP = 300;
  private static final int PATIENCE_MILLIS = 120_000;

  private final Map<String, String> options;
  private final int port;
  private final String pid;

  private IdleSessions(Map<String, String> options) {
    this.options = options;
    this.port = Integer.parseInt(options.get("port"));
    this.pid = options.get("pid");
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> options =
        new HashMap<>(Map.of("sessions", "10000", "hold", "0", "classes", "25"));
    for (int i = 0; i < args.length; i++) {
      String name = args[i].substring(2);
      options.put(name, name.equals("tls") ? "" : args[++i]);
    }
    new IdleSessions(options).measure();
  }

  private void measure() throws Exception {
    int count = Integer.parseInt(options.get("sessions"));
    for (Socket socket : open(WARM_UP)) {
      socket.close();
    }
    Map<String, Long> before = liveHeap();
    long pssBefore = pssBytes();
    long start = System.nanoTime();
    List<Socket> sessions = open(count);
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Long> with = liveHeap();
    System.out.printf(
        "%d sessions opened in %.1f s; live heap %.2f KiB each; PSS %.2f KiB each%n",
        count,
        seconds,
        (with.get("") - before.get("")) / 1024.0 / count,
        (pssBytes() - pssBefore) / 1024.0 / count);
    tellClasses(before, with, count);
    hold(Duration.ofSeconds(Long.parseLong(options.get("hold"))));
    for (Socket socket : sessions) {
      expect(socket, "NOOP", "200");
    }
    System.out.println("all of them answer");
    for (Socket socket : sessions) {
      socket.close();
    }
  }

  private void hold(Duration time) throws InterruptedException {
    if (time.isZero()) {
      return;
    }
    Duration before = processorTime();
    awaitUnlessThePortalEnds(time);
    System.out.printf(
        "while they were held the portal used %.1f %% of a processor%n",
        100.0 * processorTime().minus(before).toMillis() / time.toMillis());
  }

  private void awaitUnlessThePortalEnds(Duration time) throws InterruptedException {
    try {
      ProcessHandle.of(Long.parseLong(pid))
          .orElseThrow()
          .onExit()
          .get(time.toMillis(), TimeUnit.MILLISECONDS);
      throw new IllegalStateException("the portal has ended");
    } catch (TimeoutException e) {
      // It is still there, as it should be.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Duration processorTime() {
    return ProcessHandle.of(Long.parseLong(pid))
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  private void tellClasses(Map<String, Long> before, Map<String, Long> with, int count) {
    with.entrySet().stream()
        .filter(e -> !e.getKey().isEmpty())
        .map(e -> Map.entry(e.getKey(), e.getValue() - before.getOrDefault(e.getKey(), 0L)))
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(Integer.parseInt(options.get("classes")))
        .forEach(
            e -> System.out.printf("%8.1f B  %s%n", e.getValue() / (double) count, e.getKey()));
  }

  /** Bytes by class name; the sum stands under the empty name. */
  private Map<String, Long> liveHeap() throws Exception {
    run("jcmd", pid, "GC.run");
    Map<String, Long> bytes = new HashMap<>();
    for (String line : run("jcmd", pid, "GC.class_histogram")) {
      String[] words = line.strip().split("\\s+");
      if (words.length >= 4 && words[0].endsWith(":")) {
        bytes.merge(words[3], Long.parseLong(words[2]), Long::sum);
      } else if (words[0].equals("Total")) {
        bytes.put("", Long.parseLong(words[2]));
      }
    }
    return bytes;
  }

  private static List<String> run(String tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (process.waitFor() != 0) {
      throw new IOException(String.join("\n", lines));
    }
    return lines;
  }

  private long pssBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private List<Socket> open(int count) throws Exception {
    Semaphore turn = new Semaphore(AT_ONCE);
    List<Future<Socket>> opening = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        String from = "127.0.0." + (2 + i % ADDRESSES);
        turn.acquire();
        opening.add(threads.submit(() -> login(from, turn)));
      }
    }
    List<Socket> sessions = new ArrayList<>();
    for (Future<Socket> socket : opening) {
      sessions.add(socket.get());
    }
    return sessions;
  }

  private Socket login(String from, Semaphore turn) throws Exception {
    try {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      socket.setSoTimeout(PATIENCE_MILLIS);
      expect(socket, null, "220");
      if (options.containsKey("tls")) {
        expect(socket, "AUTH TLS", "234");
        socket = trustingAnybody().createSocket(socket, "localhost", port, true);
      }
      expect(socket, "USER " + options.get("user"), "331");
      expect(socket, "PASS " + options.get("password"), "230");
      expect(socket, "TYPE I", "200");
      return socket;
    } finally {
      turn.release();
    }
  }

  private static void expect(Socket socket, String command, String code) throws IOException {
    if (command != null) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    StringBuilder reply = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      reply.append((char) b);
    }
    if (!reply.toString().startsWith(code)) {
      throw new IOException(command + " was answered with " + reply);
    }
  }

  private static SSLSocketFactory trustingAnybody() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    return context.getSocketFactory();
  }

  /** It is this machine that is measured. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Anybody.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // Anybody.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
