package org.slipway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shape of the portal: which package may know which, and what no package may do. */
class ArchitectureTest {

  /**
   * Who may know whom: {@code package -> packages}. Everything that is not written here is a
   * mistake; a package that is not written here is one too.
   */
  private static final Map<String, Set<String>> MAY_USE =
      table(
          """
          settings      ->
          database      -> settings
          audit         -> settings database
          mail          -> settings database audit
          accounts      -> settings database audit mail
          signin        -> settings database audit accounts
          leases        -> settings database audit accounts storage
          transfers     -> settings database audit
          live          -> audit accounts transfers
          listeners     -> settings database audit
          certificates  -> settings audit accounts
          https         -> settings certificates
          startup       -> settings database audit mail accounts signin storage transfers provisioning \
                           listeners live https
          storage       -> settings database audit accounts
          bootfiles     -> settings database audit accounts storage
          provisioning  -> settings database audit accounts storage bootfiles transfers leases
          bootp.wire    ->
          tftp.wire     ->
          ftp.wire      ->
          bootp         -> settings audit bootp.wire provisioning leases transfers listeners
          dhcp          -> settings bootp bootp.wire provisioning leases listeners
          tftp          -> settings audit tftp.wire provisioning leases storage accounts transfers listeners
          ftp           -> settings audit ftp.wire accounts signin storage transfers listeners \
                           certificates
          api.model     ->
          api           -> settings audit startup mail accounts signin provisioning leases storage bootfiles transfers live listeners \
                           api.model bootp tftp ftp certificates https
          web           -> settings audit mail accounts signin provisioning leases storage bootfiles transfers live listeners \
                           bootp tftp ftp certificates https
          client        -> api.model bootp.wire tftp.wire ftp.wire
          """);

  /** Names that say nothing of what is in them. */
  private static final List<String> FORBIDDEN_PACKAGES =
      List.of("util", "utils", "common", "model", "dto", "impl", "helper", "helpers", "misc");

  private static final String FORBIDDEN_CLASSES = ".*(Manager|Helper|Impl|Util|Utils)(\\$.*)?";

  private static JavaClasses portal;

  @BeforeAll
  static void importPortal() {
    portal =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.slipway");
  }

  @TestFactory
  Stream<DynamicTest> eachPackageUsesOnlyWhatItMay() {
    return packages().map(name -> DynamicTest.dynamicTest(name, () -> usesOnlyWhatItMay(name)));
  }

  private static void usesOnlyWhatItMay(String name) {
    assertThat(MAY_USE).as("a package that the table does not know").containsKey(name);
    String[] allowed =
        Stream.concat(Stream.of(name), MAY_USE.get(name).stream())
            .map(ArchitectureTest::qualified)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(qualified(name))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(not(resideInAPackage("org.slipway.."))))
        .check(portal);
  }

  @Test
  void packagesAreNamedAfterWhatTheyAreAbout() {
    assertThat(packages().filter(name -> !name.equals("api.model")))
        .allSatisfy(
            name -> assertThat(name.split("\\.")).doesNotContainAnyElementsOf(FORBIDDEN_PACKAGES));
  }

  @Test
  void classesAreNamedAfterWhatTheyAre() {
    noClasses()
        .should()
        .haveNameMatching(FORBIDDEN_CLASSES)
        .because("such a name says nothing of what the class is")
        .check(portal);
  }

  @Test
  void onlyListenersMakeThreads() {
    noClasses()
        .that(not(resideInAnyPackage("org.slipway.listeners..", "org.slipway.client..")))
        .should()
        .accessTargetWhere(describe("makes a thread", ArchitectureTest::makesThread))
        .orShould()
        .dependOnClassesThat(resideInAPackage("jakarta.enterprise.concurrent.."))
        .because("whoever makes a thread must also stop it, and bound their number")
        .check(portal);
  }

  private static boolean makesThread(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    return switch (target.getOwner().getFullName()) {
      case "java.lang.Thread" ->
          Set.of("<init>", "ofVirtual", "ofPlatform", "startVirtualThread")
              .contains(target.getName());
      case "java.util.concurrent.CompletableFuture" ->
          Set.of("runAsync", "supplyAsync").contains(target.getName());
      case "java.util.concurrent.Executors",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ForkJoinPool",
          "java.util.Timer" ->
          true;
      default -> false;
    };
  }

  @Test
  void wirePackagesHoldValuesOnly() {
    noClasses()
        .that()
        .resideInAPackage("..wire..")
        .should()
        .dependOnClassesThat(not(plainJava()).and(not(resideInAPackage("org.slipway.."))))
        .orShould()
        .accessTargetWhere(describe("reads a clock", ArchitectureTest::readsClock))
        .because("a codec is a function of its bytes")
        .check(portal);
  }

  /** The parts of Java without clock, socket, file, thread or logger. */
  private static DescribedPredicate<JavaClass> plainJava() {
    Set<String> effects =
        Set.of("java.time.Clock", "java.util.Random", "java.util.Timer", "java.lang.Thread");
    return describe(
        "plain Java",
        type ->
            type.isPrimitive()
                || type.isArray()
                || resideInAnyPackage(
                            "java.lang..",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "java.util.regex",
                            "java.time..",
                            "java.nio",
                            "java.nio.charset")
                        .test(type)
                    && !effects.contains(type.getFullName())
                || type.getFullName().matches("java\\.net\\.(Inet(4|6|Socket)?Address|.*Exception)")
                || type.getFullName()
                    .matches(
                        "java\\.io\\.(ByteArray.*|Serializable|.*Exception|(In|Out)putStream)"));
  }

  private static boolean readsClock(JavaAccess<?> access) {
    String owner = access.getTarget().getOwner().getFullName();
    String name = access.getTarget().getName();
    return owner.startsWith("java.time.") && name.equals("now")
        || owner.equals("java.lang.System") && name.matches("currentTimeMillis|nanoTime|getLogger");
  }

  private static Stream<String> packages() {
    return portal.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> !name.equals("org.slipway"))
        .map(name -> name.substring("org.slipway.".length()))
        .distinct()
        .sorted();
  }

  private static String qualified(String name) {
    return "org.slipway." + name;
  }

  private static Map<String, Set<String>> table(String text) {
    return text.lines()
        .map(line -> line.split("->", -1))
        .collect(
            toUnmodifiableMap(
                sides -> sides[0].strip(),
                sides ->
                    Arrays.stream(sides[1].strip().split("\\s+"))
                        .filter(name -> !name.isEmpty())
                        .collect(toSet())));
  }
}
