package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the client starts: by the script, and on a Java that is too old. */
class LauncherTest {
  private static final Path SCRIPT = Path.of("deploy/slipway-client").toAbsolutePath();
  private static final int CLASS_VERSION_OF_JAVA_8 = 52;

  @TempDir private Path scratch;

  private record Ended(int exitCode, String output) {}

  private static Ended start(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  /** A jar that says which Java runs it, in which character set, with what arguments. */
  private Path probeJar() throws IOException, InterruptedException {
    Path source = scratch.resolve("Probe.java");
    Files.writeString(
        source,
        """
        public class Probe {
          public static void main(String[] arguments) {
            System.out.println(Runtime.version().feature()
                + " " + System.getProperty("sun.jnu.encoding")
                + " " + String.join(",", arguments)
                + (System.getProperty("user.language").equals("zh") ? " 中文" : ""));
          }
        }
        """);
    Path jdk = Path.of(System.getProperty("java.home"), "bin");
    Path jar = scratch.resolve("probe.jar");
    run(jdk.resolve("javac"), "-d", scratch, source);
    run(jdk.resolve("jar"), "-c", "-f", jar, "-e", "Probe", "-C", scratch, "Probe.class");
    return jar;
  }

  private static void run(Object... command) throws IOException, InterruptedException {
    List<String> words = Stream.of(command).map(Object::toString).toList();
    assertThat(start(Map.of(), words)).returns(0, Ended::exitCode);
  }

  private Ended script(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    return start(environment, command);
  }

  @Test
  void theScriptUsesTheJavaOfJavaHome() throws Exception {
    Ended ended =
        script(
            Map.of(
                "PATH", "/usr/bin:/bin",
                "JAVA_HOME", System.getProperty("java.home"),
                "SLIPWAY_CLIENT_JAR", probeJar().toString()),
            "provision",
            "two words");
    assertThat(ended.output()).isEqualTo("%d UTF-8 provision,two words%n".formatted(feature()));
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void theLanguageHoldsWhereTheSystemHasNoSuchLocale() throws Exception {
    Path jar = probeJar();
    for (String variable : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
      Ended ended =
          script(
              Map.of(
                  "PATH",
                  "/usr/bin:/bin",
                  "JAVA_HOME",
                  System.getProperty("java.home"),
                  "SLIPWAY_CLIENT_JAR",
                  jar.toString(),
                  variable,
                  "zh_CN.UTF-8"),
              "help");
      assertThat(ended.output()).endsWith(" help 中文\n");
    }
  }

  private static int feature() {
    return Runtime.version().feature();
  }

  @Test
  void theScriptPassesOverAJavaHomeThatIsTooOld() throws Exception {
    Path old = scratch.resolve("old-jdk");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
    Files.createSymbolicLink(old.resolve("bin/java"), Path.of("/bin/false"));
    Files.createSymbolicLink(
        Files.createDirectory(scratch.resolve("path")).resolve("java"),
        Path.of(System.getProperty("java.home"), "bin", "java"));
    Ended ended =
        script(
            Map.of(
                "PATH", scratch.resolve("path") + ":/usr/bin:/bin",
                "JAVA_HOME", old.toString(),
                "SLIPWAY_CLIENT_JAR", probeJar().toString()));
    assertThat(ended.output()).startsWith(feature() + " ");
  }

  @Test
  void theScriptSaysWhatToDoWithoutAJar() throws Exception {
    Ended ended = script(Map.of("PATH", "/usr/bin:/bin", "SLIPWAY_CLIENT_JAR", "/nowhere.jar"));
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("SLIPWAY_CLIENT_JAR").hasLineCount(1);
  }

  private Map<String, String> atHome(Path home, Path jar) {
    return Map.of(
        "PATH", "/usr/bin:/bin",
        "HOME", home.toString(),
        "JAVA_HOME", System.getProperty("java.home"),
        "SLIPWAY_CLIENT_JAR", jar.toString());
  }

  private static List<Path> archives(Path home) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(".cache/slipway"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void theFirstRunLeavesAnArchiveOfClassesForTheNext() throws Exception {
    Path home = Files.createDirectory(scratch.resolve("home"));
    Path jar = probeJar();
    String printed = "%d UTF-8 ftp%n".formatted(feature());
    assertThat(script(atHome(home, jar), "ftp")).isEqualTo(new Ended(0, printed));
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.resolve(".cache/slipway"))))
        .isEqualTo("rwx------");
    Path archive = archives(home).getFirst();
    FileTime written = Files.getLastModifiedTime(archive);
    assertThat(script(atHome(home, jar), "ftp")).isEqualTo(new Ended(0, printed));
    assertThat(archives(home)).containsExactly(archive);
    assertThat(Files.getLastModifiedTime(archive)).isEqualTo(written);
    assertThat(loaded(archive, jar)).contains("Probe source: shared objects file");
  }

  /** Where the classes of a start with an archive come from, as Java says it. */
  private static String loaded(Path archive, Path jar) throws Exception {
    return start(
            Map.of("LC_ALL", "C.UTF-8"),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:class+load",
                "-jar",
                jar.toString()))
        .output();
  }

  @Test
  void eachCommandHasItsArchiveAndAnotherJarANewOne() throws Exception {
    Path home = Files.createDirectory(scratch.resolve("home"));
    Path jar = probeJar();
    script(atHome(home, jar), "ftp");
    script(atHome(home, jar), "tftp");
    List<Path> first = archives(home);
    assertThat(first).hasSize(2);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    script(atHome(home, jar), "ftp");
    assertThat(archives(home)).hasSize(2).doesNotContain(first.get(0)).contains(first.get(1));
  }

  @Test
  void anArchiveThatIsNoneIsNoHindrance() throws Exception {
    Path home = Files.createDirectory(scratch.resolve("home"));
    Path jar = probeJar();
    script(atHome(home, jar), "ftp");
    Files.writeString(archives(home).getFirst(), "no classes");
    assertThat(script(atHome(home, jar), "ftp"))
        .isEqualTo(new Ended(0, "%d UTF-8 ftp%n".formatted(feature())));
  }

  @Test
  void whereNoArchiveCanBeKeptTheClientStartsWithoutOne() throws Exception {
    Path jar = probeJar();
    Path file = Files.createFile(scratch.resolve("file"));
    assertThat(script(atHome(file, jar), "ftp"))
        .isEqualTo(new Ended(0, "%d UTF-8 ftp%n".formatted(feature())));
    Path home = Files.createDirectories(scratch.resolve("home"));
    Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
    Files.createSymbolicLink(
        Files.createDirectory(home.resolve(".cache")).resolve("slipway"), elsewhere);
    script(atHome(home, jar), "ftp");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void theLauncherCanBeReadByJava8() throws IOException {
    try (InputStream in = Launcher.class.getResourceAsStream("Launcher.class")) {
      byte[] head = in.readNBytes(8);
      assertThat(head[7]).isEqualTo((byte) CLASS_VERSION_OF_JAVA_8);
    }
  }

  @Test
  void anOlderJavaGetsOneClearSentence() throws Exception {
    Path java = olderJava();
    Path classes =
        Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Ended ended =
        start(
            Map.of(),
            List.of(java.toString(), "-cp", classes.toString(), Launcher.class.getName()));
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("needs Java 25 or newer").hasLineCount(1);
  }

  private static Path olderJava() throws IOException {
    Path homes = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(homes)) {
      try (Stream<Path> list = Files.list(homes)) {
        for (Path home : list.sorted().toList()) {
          Path java = home.resolve("bin/java");
          if (home.getFileName().toString().matches(".*\\b(8|11|17|21)\\b.*")
              && Files.isExecutable(java)) {
            return java;
          }
        }
      }
    }
    if ("true".equals(System.getenv("CI"))) {
      return fail("no older Java in /usr/lib/jvm");
    }
    return abort("no older Java in /usr/lib/jvm to start the launcher with");
  }

  @Test
  void readsBothWaysOfNumberingJava() {
    assertThat(Launcher.majorVersion("1.8")).isEqualTo(8);
    assertThat(Launcher.majorVersion("25")).isEqualTo(25);
  }
}
