package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;

/**
 * 200 wrong logins a second over FTP and the API, on right and invented names, while right users
 * sign in. {@code -Dslipway.test.flood=60} makes it a whole minute, and measures: how fast right
 * users come in says something on a machine alone that does nothing else.
 *
 * <p>The attackers come from addresses of their own, 127.0.1.x, so that the tests beside this one
 * are not locked out.
 */
class SignInFloodIT {
  private static final boolean MEASURED = System.getProperty("slipway.test.flood") != null;
  private static final int SECONDS = Integer.getInteger("slipway.test.flood", 5);
  private static final int A_SECOND = 200;
  private static final int ATTACKERS = 4;
  private static final int NAMES = 10;
  private static final String PASSWORD = "harbour-Crane-43";
  private static final String NEXT_PASSWORD = "harbour-Crane-44";
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final RunningPortal portal = RunningPortal.shared();
  private final Rest administrator = Rest.administrator(portal);
  private final List<String> names = new ArrayList<>();
  private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();
  private final List<String> failed = new ArrayList<>();
  private long slowest;

  @Test
  void rightUsersSignInWhileThousandsOfWrongLoginsCome() throws Exception {
    prepare();
    long before = auditEntries();
    try (ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger number = new AtomicInteger();
      pace.scheduleAtFixedRate(
          () -> attempts.submit(() -> attack(number.getAndIncrement())),
          0,
          1_000_000 / A_SECOND,
          TimeUnit.MICROSECONDS);
      signInAllTheTime();
      pace.shutdownNow();
    }
    int made =
        answers.entrySet().stream()
            .filter(answer -> answer.getKey().matches("[0-9]+"))
            .mapToInt(answer -> answer.getValue().get())
            .sum();
    long entries = auditEntries() - before;
    System.out.printf(
        "flood: %d attempts in %d s %s, slowest right login %d ms, %d audit entries%n",
        made, SECONDS, answers, slowest, entries);
    assertThat(failed).isEmpty();
    assertThat(made).isPositive();
    if (MEASURED) {
      assertThat(Duration.ofMillis(slowest)).isLessThan(LONGEST);
      assertThat(made).isGreaterThan(SECONDS * A_SECOND * 8 / 10);
    }
    assertThat(answers).doesNotContainKeys("200", "230", "500");
    assertThat(entries).isLessThan(made / 2);
  }

  /** Users who signed in before, and have a password that no cache knows when the flood begins. */
  private void prepare() {
    for (int i = 0; i < NAMES / 2; i++) {
      String name = "flood" + i + "-" + ProcessHandle.current().pid();
      administrator.post(
          "/accounts", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD));
      new Rest(portal, name, PASSWORD).get("/me");
      administrator.patch("/accounts/" + name, "{\"password\":\"%s\"}".formatted(NEXT_PASSWORD));
      names.add(name);
    }
    for (int i = NAMES / 2; i < NAMES; i++) {
      names.add("nobody" + i);
    }
    administrator.post(
        "/accounts", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(fresh(), PASSWORD));
  }

  private static String fresh() {
    return "newcomer-" + ProcessHandle.current().pid();
  }

  private void signInAllTheTime() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    TimeUnit.MILLISECONDS.sleep(1000);
    rightUser(fresh(), PASSWORD, "127.0.2.1", true);
    for (int i = 0; i < NAMES || System.nanoTime() < end; i++) {
      rightUser(names.get(i % (NAMES / 2)), NEXT_PASSWORD, "127.0.0.1", i % 2 == 0);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void rightUser(String name, String password, String from, boolean ftp)
      throws InterruptedException {
    long begin = System.nanoTime();
    String answer;
    try {
      answer = ftp ? ftp(name, password, from) : api(name, password, from);
    } catch (IOException e) {
      answer = e.toString();
    }
    long took = (System.nanoTime() - begin) / 1_000_000;
    slowest = Math.max(slowest, took);
    if (!answer.equals("230") && !answer.equals("200")) {
      failed.add(name + " " + answer);
    }
  }

  /** Nine of ten on the names above, from few addresses; the tenth on a name never heard before. */
  private void attack(int number) {
    boolean spray = number % 10 == 0;
    String name = spray ? "guess" + number : names.get(number / ATTACKERS % NAMES);
    String from = "127.0.1." + (spray ? 99 : 1 + number % ATTACKERS);
    String answer;
    try {
      answer = number / 2 % 2 == 0 ? ftp(name, "wrong", from) : api(name, "wrong", from);
    } catch (IOException e) {
      answer = e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    answers.computeIfAbsent(answer, a -> new AtomicInteger()).incrementAndGet();
  }

  private String ftp(String name, String password, String from) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
      socket.connect(new InetSocketAddress("127.0.0.1", portal.ftpPort()), 10_000);
      socket.setSoTimeout(15_000);
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String greeting = replies.readLine();
      if (greeting == null || !greeting.startsWith("220")) {
        return greeting == null ? "closed" : greeting.substring(0, 3);
      }
      send(socket, "USER " + name);
      replies.readLine();
      send(socket, "PASS " + password);
      String reply = replies.readLine();
      return reply == null ? "closed" : reply.substring(0, 3);
    }
  }

  private static void send(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private String api(String name, String password, String from)
      throws IOException, InterruptedException {
    HttpClient client =
        clients.computeIfAbsent(
            from, f -> HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(f)).build());
    String pair = name + ":" + password;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portal.httpPort() + "/api/v1/me"))
            .timeout(Duration.ofSeconds(15))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .build();
    return Integer.toString(client.send(request, BodyHandlers.discarding()).statusCode());
  }

  private long auditEntries() {
    return administrator.get("/audit?limit=1").at("/total").asLong();
  }
}
