package org.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The sources themselves: sizes, and a description of every package. */
class SourceTest {

  private static final int MOST_LINES_OF_A_FILE = 300;
  private static final int MOST_LINES_OF_A_METHOD = 60;
  private static final List<Path> ROOTS =
      List.of(Path.of("src/main/java"), Path.of("src/test/java"));

  private static List<SourceFile> files;

  @BeforeAll
  static void parse() throws IOException {
    files = SourceFile.below(ROOTS);
  }

  @Test
  void filesAreShort() {
    assertThat(files.stream().filter(file -> file.lines() > MOST_LINES_OF_A_FILE))
        .extracting(file -> file.path().getFileName() + " has " + file.lines() + " lines of code")
        .isEmpty();
  }

  @Test
  void methodsAreShort() {
    assertThat(
            files.stream()
                .flatMap(file -> file.methods().stream())
                .filter(method -> method.lines() > MOST_LINES_OF_A_METHOD))
        .extracting(method -> method.file() + ", " + method.name() + ": " + method.lines())
        .isEmpty();
  }

  @Test
  void sizesAreReported() throws IOException {
    String report =
        "Lines of code: %d files, median %d, most %d; %d methods, median %d, most %d%n"
            .formatted(
                files.size(),
                median(files.stream().map(SourceFile::lines)),
                files.stream().mapToInt(SourceFile::lines).max().orElse(0),
                methods().count(),
                median(methods()),
                methods().mapToInt(Integer::intValue).max().orElse(0));
    System.out.print(report);
    Files.writeString(Path.of("target/source-sizes.txt"), report);
    assertThat(files).isNotEmpty();
  }

  private static Stream<Integer> methods() {
    return files.stream().flatMap(file -> file.methods().stream()).map(SourceFile.Method::lines);
  }

  private static int median(Stream<Integer> sizes) {
    List<Integer> sorted = sizes.sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> tree = Files.walk(ROOTS.getFirst())) {
      assertThat(tree.filter(SourceTest::holdsJava))
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  private static boolean holdsJava(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(entry -> entry.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
