package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.AccountStatus;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Role;
import org.slipway.audit.AuditAction;
import org.slipway.audit.AuditEntry;
import org.slipway.ftp.FtpFinding;
import org.slipway.leases.TftpRules;
import org.slipway.listeners.ListenerStatus;
import org.slipway.mail.MailKind;
import org.slipway.mail.OutboxEntry;
import org.slipway.provisioning.RunTimeline;
import org.slipway.provisioning.SilenceReason;
import org.slipway.settings.SettingSource;
import org.slipway.signin.LockOut;
import org.slipway.transfers.TransferOutcome;

/** The console speaks two languages, both completely. */
class MessagesTest {
  private static final Path BUNDLES = Path.of("src/main/resources/org/slipway/web");
  private static final Pattern IN_PAGES =
      Pattern.compile("\\bt\\['([A-Za-z0-9_.]+)'\\](?!\\.concat)");
  private static final Pattern IN_JAVA =
      Pattern.compile("(?:Words\\.text|Feedback\\.done)\\(\\s*\"([A-Za-z0-9_.]+)\"[,)]");
  private static final Pattern VIOLATION =
      Pattern.compile("Violation\\(\\s*\"?[^;]*?,\\s*\"([a-zA-Z0-9]+\\.[a-zA-Z0-9]+)\"");

  private final Properties english = bundle("en");
  private final Properties chinese = bundle("zh_CN");

  private static Properties bundle(String language) {
    Properties properties = new Properties();
    try (Reader reader =
        Files.newBufferedReader(BUNDLES.resolve("messages_" + language + ".properties"))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return properties;
  }

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertThat(new TreeSet<>(chinese.stringPropertyNames()))
        .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
  }

  @Test
  void noTextIsEmpty() {
    assertThat(english.values()).noneMatch(text -> text.toString().isBlank());
    assertThat(chinese.values()).noneMatch(text -> text.toString().isBlank());
  }

  @Test
  void placeholdersAreTheSameInBothLanguages() {
    assertThat(english.stringPropertyNames())
        .allSatisfy(key ->
            assertThat(placeholders(chinese.getProperty(key)))
                .as(key)
                .isEqualTo(placeholders(english.getProperty(key))));
  }

  private static Set<String> placeholders(String text) {
    return found(Pattern.compile("(\\{\\d+})"), text);
  }

  @Test
  void everyKeyOnAPageExists() throws IOException {
    assertThat(english.stringPropertyNames()).containsAll(keysIn("webapp", ".xhtml", IN_PAGES));
  }

  @Test
  void everyKeyInABeanExists() throws IOException {
    assertThat(english.stringPropertyNames())
        .containsAll(keysIn("src/main/java/org/slipway/web", ".java", IN_JAVA));
  }

  @Test
  void everyViolationCanBeSaid() throws IOException {
    assertThat(english.stringPropertyNames())
        .containsAll(
            keysIn("src/main/java/org/slipway/web", ".java", VIOLATION).stream()
                .map("violation."::concat)
                .toList());
  }

  @Test
  void everyStateRoleReasonAndPageHasAWord() {
    assertThat(english.stringPropertyNames())
        .containsAll(named("state.", AccountStatus.values()))
        .containsAll(named("state.", Role.values()))
        .containsAll(named("state.", ListenerStatus.State.values()))
        .containsAll(named("state.", TransferOutcome.values()))
        .containsAll(named("state.", RunTimeline.State.values()))
        .containsAll(named("lockOut.", LockOut.Kind.values()))
        .containsAll(named("state.", AuditEntry.Outcome.values()))
        .containsAll(named("audit.action.", AuditAction.values()))
        .containsAll(named("state.", OutboxEntry.State.values()))
        .containsAll(named("mail.", MailKind.values()))
        .containsAll(named("source.", SettingSource.values()))
        .containsAll(named("conflict.", OnConflict.values()))
        .containsAll(named("tftp.write.", TftpRules.WriteGrant.values()))
        .containsAll(named("refusal.", Refusal.Kind.values()))
        .containsAll(named("reason.", SilenceReason.values()))
        .containsAll(Page.navigable().stream().map(Page::getKey).toList());
  }

  /** The API says it by the code, the page by the bundle. */
  @Test
  void whatTheSelfCheckFindsReadsTheSameOnThePageAndInTheApi() {
    assertThat(FtpFinding.Kind.values())
        .allSatisfy(
            kind -> assertThat(english.getProperty("ftpCheck." + kind)).isEqualTo(kind.english()));
    assertThat(english.stringPropertyNames())
        .containsAll(named("ftpCheck.check.", FtpFinding.Check.values()))
        .containsAll(named("state.", FtpFinding.Grade.values()));
  }

  private static Set<String> named(String prefix, Enum<?>[] values) {
    return Stream.of(values)
        .map(v -> prefix + v.name())
        .collect(java.util.stream.Collectors.toSet());
  }

  private static Set<String> keysIn(String folder, String suffix, Pattern pattern)
      throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : files.filter(f -> f.toString().endsWith(suffix)).toList()) {
        keys.addAll(found(pattern, Files.readString(file)));
      }
    }
    return keys;
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> result = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      result.add(matcher.group(1));
    }
    return result;
  }
}
