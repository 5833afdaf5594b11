package org.slipway.portal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The built WAR in a process of its own, started as the run command starts it, on free ports and
 * with a data directory of its own.
 *
 * <p>Most tests share one portal, see {@link #shared()}, because a start costs some ten seconds; a
 * test that stops, kills or reconfigures its portal starts its own.
 */
public final class RunningPortal implements AutoCloseable {

  /** The administrator of the shared portal, and of every portal started with {@link #ADMIN}. */
  public static final String ADMIN_USERNAME = "admin";

  public static final String ADMIN_PASSWORD = "harbour-Crane-42";

  /** Settings that make an administrator, so that a test need not walk through the first start. */
  public static final Map<String, String> ADMIN =
      Map.of("slipway.admin.username", ADMIN_USERNAME, "slipway.admin.password", ADMIN_PASSWORD);

  private static final Duration LONGEST_START = Duration.ofSeconds(180);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RunningPortal shared;

  private final Path directory;
  private final List<String> commandPrefix;
  private final Path log;
  private final Map<String, String> settings;
  private final List<String> compilation;
  private Process process;

  private RunningPortal(
      Path directory,
      List<String> commandPrefix,
      List<String> compilation,
      Map<String, String> settings) {
    this.directory = directory;
    this.commandPrefix = commandPrefix;
    this.log = directory.resolve("portal.log");
    this.settings = settings;
    this.compilation = compilation;
  }

  /** The one portal that all tests of a build share; it has the {@link #ADMIN} administrator. */
  public static synchronized RunningPortal shared() {
    if (shared == null) {
      shared = start(ADMIN);
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** Starts a portal and waits until it is ready; {@code settings} by their names in dots. */
  public static RunningPortal start(Map<String, String> settings) {
    RunningPortal portal = launch(List.of(), List.of(), settings);
    portal.awaitReady();
    return portal;
  }

  /**
   * Starts a portal that is not expected to become ready, if need be by another command such as
   * {@code setpriv}. It does not live long enough for the best machine code to be worth its time.
   */
  public static RunningPortal launch(List<String> commandPrefix, Map<String, String> settings) {
    return launch(commandPrefix, List.of("-XX:TieredStopAtLevel=1"), settings);
  }

  private static RunningPortal launch(
      List<String> commandPrefix, List<String> compilation, Map<String, String> settings) {
    try {
      Path directory = Files.createTempDirectory(Files.createDirectories(BUILD), "portal-");
      Path temporary = Files.createDirectory(directory.resolve("tmp"));
      if (!commandPrefix.isEmpty()) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
      Map<String, String> all = new LinkedHashMap<>(freePorts());
      all.put("slipway.data.dir", directory.resolve("data").toString());
      all.putAll(settings);
      RunningPortal portal = new RunningPortal(directory, commandPrefix, compilation, all);
      portal.begin();
      return portal;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Path BUILD = Path.of("target", "portals").toAbsolutePath();

  private static Map<String, String> freePorts() {
    List<Integer> tcp = FreePorts.next(3);
    List<Integer> udp = FreePorts.next(3);
    return Map.of(
        "slipway.http.port", tcp.get(0).toString(),
        "slipway.ftp.port", tcp.get(1).toString(),
        "slipway.https.port", tcp.get(2).toString(),
        "slipway.tftp.port", udp.get(0).toString(),
        "slipway.bootp.port", udp.get(1).toString(),
        "slipway.bootp.client-port", udp.get(2).toString());
  }

  private void begin() throws IOException {
    List<String> arguments = new ArrayList<>(commandPrefix);
    arguments.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@deploy/jvm.options"));
    arguments.addAll(compilation);
    arguments.addAll(
        List.of(
            "-Djava.util.logging.config.file=deploy/logging.properties",
            "-Djava.io.tmpdir=" + directory.resolve("tmp"),
            "-Dslipway.http.port=" + httpPort(),
            "-jar",
            "target/payara-micro.jar",
            "--prebootcommandfile",
            "deploy/preboot.txt",
            "--port",
            String.valueOf(httpPort()),
            "target/slipway.war"));
    ProcessBuilder command = new ProcessBuilder(arguments);
    settings.forEach((name, value) -> command.environment().put(variable(name), value));
    process =
        command
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  private static String variable(String setting) {
    return setting.toUpperCase().replaceAll("[^A-Z0-9]", "_");
  }

  /** Waits until {@code /health/ready} says yes. */
  public void awaitReady() {
    Instant deadline = Instant.now().plus(LONGEST_START);
    while (!isReady()) {
      boolean ended = hasEndedWithin(Duration.ofMillis(100));
      if (ended || Instant.now().isAfter(deadline)) {
        String log = log();
        close();
        throw new IllegalStateException(
            "The portal %s:%n%s"
                .formatted(ended ? "ended with " + exitStatus() : "did not become ready", log));
      }
    }
  }

  public boolean isReady() {
    HttpRequest request =
        HttpRequest.newBuilder(url("/health/ready")).timeout(Duration.ofSeconds(5)).build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notListening) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether the process has ended, waiting up to {@code longest} for it. */
  public boolean hasEndedWithin(Duration longest) {
    try {
      return process.waitFor(longest.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public int exitStatus() {
    return process.exitValue();
  }

  /** Kills the process with no chance to tidy up, as a power cut would ({@code kill -9}). */
  public void kill() {
    process.destroyForcibly();
    hasEndedWithin(LONGEST_STOP);
  }

  /** Asks the process to end ({@code SIGTERM}) and waits until it has. */
  public void stop() {
    process.destroy();
    if (!hasEndedWithin(LONGEST_STOP)) {
      kill();
    }
  }

  /** Starts the portal again on the same data and ports, after {@link #kill} or {@link #stop}. */
  public void startAgain() {
    try {
      begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  /** Stops the portal and deletes its directory; what it logged stays in {@code target}. */
  @Override
  public void close() {
    stop();
    try {
      Path kept = BUILD.resolveSibling("portal-logs");
      Files.createDirectories(kept);
      Files.copy(log, kept.resolve(directory.getFileName() + ".log"));
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url(String path) {
    return URI.create("http://localhost:" + httpPort() + path);
  }

  public int httpPort() {
    return port("slipway.http.port");
  }

  public int httpsPort() {
    return port("slipway.https.port");
  }

  public int ftpPort() {
    return port("slipway.ftp.port");
  }

  public int tftpPort() {
    return port("slipway.tftp.port");
  }

  public int bootpPort() {
    return port("slipway.bootp.port");
  }

  public int bootpClientPort() {
    return port("slipway.bootp.client-port");
  }

  private int port(String setting) {
    return Integer.parseInt(settings.get(setting));
  }

  public Path dataDirectory() {
    return Path.of(settings.get("slipway.data.dir"));
  }

  public long pid() {
    return process.pid();
  }

  /** Everything that the portal has written so far, over all its starts. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until something like this has been logged, and returns the newest match. */
  public Matcher awaitLog(String pattern, Duration longest) {
    Instant deadline = Instant.now().plus(longest);
    do {
      Matcher matcher = Pattern.compile(pattern).matcher(log());
      if (matcher.results().findAny().isPresent()) {
        return newest(matcher.reset());
      }
    } while (!hasEndedWithin(Duration.ofMillis(50)) && Instant.now().isBefore(deadline));
    throw new IllegalStateException("Nothing like " + pattern + " in:\n" + log());
  }

  private static Matcher newest(Matcher matcher) {
    int start = 0;
    while (matcher.find()) {
      start = matcher.start();
    }
    matcher.find(start);
    return matcher;
  }
}
