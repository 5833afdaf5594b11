package org.slipway.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.RefusedException;
import org.slipway.audit.Who;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** How an administrator who is locked out gets in again, and nobody else. */
class UnlockLinkTest {
  private static final InetAddress HERE = PortalParts.address("192.0.2.1");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Path request;
  private Path answer;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    request = folder.resolve(UnlockLink.REQUEST);
    answer = folder.resolve(UnlockLink.ANSWER);
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private String token() throws IOException {
    Files.createFile(request);
    portal.unlockLink.look();
    return Files.readString(answer).strip().replaceFirst(".*token=", "");
  }

  @Test
  void aFileInTheDataDirectoryIsAnsweredWithALinkForItsOwner() throws IOException {
    portal.unlockLink.look();
    assertThat(answer).doesNotExist();
    String token = token();
    assertThat(token).hasSizeGreaterThanOrEqualTo(32);
    assertThat(request).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(answer)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(answer)).startsWith("http://localhost:8080/unlock.xhtml?token=");
    assertThat(portal.unlockLink.opens(token)).isTrue();
  }

  @Test
  void itLiftsTheLockOutOnceAndLetsTheAccountInFromThere() throws IOException {
    var root = portal.user("root", "a long password", Optional.empty());
    Pair here = Pair.of("root", Source.of(HERE));
    for (int i = 0; i < 60; i++) {
      portal.lockOuts.failed(here);
      portal.lockOuts.failed(Pair.of("root", new Source("bot" + i)));
    }
    assertThat(portal.lockOuts.refusal(here, false)).isPresent();
    String token = token();
    portal.unlockLink.use(token, "Root", HERE, Who.SYSTEM);
    assertThat(portal.lockOuts.lockedUntil("root")).isEmpty();
    assertThat(portal.knownSources.contains(root.id(), Source.of(HERE))).isTrue();
    assertThat(answer).doesNotExist();
    assertThat(portal.unlockLink.opens(token)).isFalse();
    refused(token);
    portal.settle();
    assertThat(portal.audit.count("UNLOCK_LINK_MADE")).isOne();
    assertThat(portal.audit.count("UNLOCK_LINK_USED")).isOne();
    assertThat(portal.audit.page("", 0, 500).toString()).doesNotContain(token);
  }

  @Test
  void itIsOverAfterTenMinutesOrWithTheNextLink() throws IOException {
    String first = token();
    String second = token();
    assertThat(portal.unlockLink.opens(first)).isFalse();
    assertThat(portal.unlockLink.opens(second)).isTrue();
    clock.advance(Duration.ofMinutes(10));
    assertThat(portal.unlockLink.opens(second)).isFalse();
    refused(second);
    portal.unlockLink.look();
    assertThat(answer).doesNotExist();
  }

  @Test
  void withoutARequestNothingOpens() {
    assertThat(portal.unlockLink.opens("")).isFalse();
    assertThat(portal.unlockLink.opens(null)).isFalse();
    refused("");
    refused("guessed");
  }

  @Test
  void aLinkOrAFolderIsNoRequest() throws IOException {
    Files.createSymbolicLink(request, Files.createFile(folder.resolve("elsewhere")));
    portal.unlockLink.look();
    assertThat(Files.exists(request, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(folder.resolve("elsewhere")).exists();
    Files.createDirectory(request);
    portal.unlockLink.look();
    assertThat(answer).doesNotExist();
  }

  private void refused(String token) {
    assertThatThrownBy(() -> portal.unlockLink.use(token, "root", HERE, Who.SYSTEM))
        .isInstanceOf(RefusedException.class);
  }
}
