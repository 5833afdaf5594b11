package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.accounts.Account;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.QuotaLedger.Amount;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;

/** What is deleted into the trash counts on, comes back whole, and is nobody's by name. */
class FolderTrashTest {
  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private PortalParts portal;
  private Account ann;
  private FileArea home;
  private Path root;

  @BeforeEach
  void open() {
    open(Map.of());
  }

  private void open(Map<String, String> settings) {
    portal = PortalParts.open(folder, clock, settings);
    ann =
        portal
            .directory
            .byUsername("ann")
            .orElseGet(() -> portal.user("ann", "a long password", Optional.of(1000L)));
    home = portal.areas.home(ann.id());
    root = folder.resolve("homes").resolve(ann.id().toString());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void itCountsUntilItIsDeletedForGood() {
    store("d/a", 300);
    store("d/b", 200);
    Trash.Entry gone = home.trash().discard(VirtualPath.parse("d"));
    assertThat(names()).isEmpty();
    assertThat(used()).isEqualTo(new Amount(500, 2));
    assertThat(portal.areas.reconcile(ann.id())).isEqualTo(new Amount(500, 2));
    refused(Kind.OVER_QUOTA, () -> store("c", 501));
    home.trash().delete(gone.id());
    assertThat(home.trash().entries()).isEmpty();
    assertThat(used()).isEqualTo(Amount.ZERO);
    assertThat(portal.areas.reconcile(ann.id())).isEqualTo(Amount.ZERO);
  }

  @Test
  void itComesBackWhereItWas() {
    store("images/2026/\u6587\u4ef6 a.img", 10);
    Trash.Entry gone = home.trash().discard(VirtualPath.parse("images/2026/\u6587\u4ef6 a.img"));
    assertThat(gone.path()).isEqualTo(VirtualPath.parse("images/2026/\u6587\u4ef6 a.img"));
    home.deleteTree(VirtualPath.parse("images"));
    assertThat(home.trash().entries()).extracting(Trash.Entry::path).containsExactly(gone.path());
    assertThat(home.trash().restore(gone.id())).isEqualTo(gone.path());
    assertThat(home.stat(gone.path()).orElseThrow().size()).isEqualTo(10);
    assertThat(home.trash().entries()).isEmpty();
    assertThat(used()).isEqualTo(new Amount(10, 1));
    assertThat(root.resolve(FolderTrash.NAME)).isEmptyDirectory();
  }

  @Test
  void aPlaceThatIsTakenIsLeftToTheNewOwner() {
    store("a", 1);
    Trash.Entry first = home.trash().discard(VirtualPath.parse("a"));
    store("a", 2);
    Trash.Entry second = home.trash().discard(VirtualPath.parse("a"));
    store("a", 3);
    assertThat(home.trash().restore(second.id())).isEqualTo(VirtualPath.parse("a.new"));
    assertThat(home.trash().restore(first.id())).isEqualTo(VirtualPath.parse("a.new.2"));
    assertThat(home.stat(VirtualPath.parse("a")).orElseThrow().size()).isEqualTo(3);
    refused(Kind.NO_SUCH_FILE, () -> home.trash().restore(first.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", ".slipway-trash", "1700000000000-1-00000000", "x"})
  void whatIsNotInItCannotBeNamed(String id) {
    store("a", 1);
    refused(Kind.NO_SUCH_FILE, () -> home.trash().restore(id));
    refused(Kind.NO_SUCH_FILE, () -> home.trash().delete(id));
    assertThat(names()).containsExactly("a");
  }

  @Test
  void noClientCanReachIt() {
    store("a", 1);
    home.trash().discard(VirtualPath.parse("a"));
    assertThat(names()).isEmpty();
    refused(Kind.BAD_NAME, () -> VirtualPath.parse(".slipway-trash"));
    refused(Kind.NO_PERMISSION, () -> home.trash().discard(VirtualPath.ROOT));
    refused(Kind.NO_SUCH_FILE, () -> home.trash().discard(VirtualPath.parse("none")));
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(root.resolve(FolderTrash.NAME), elsewhere);
    store("a", 1);
    assertThatThrownBy(() -> home.trash().discard(VirtualPath.parse("a")))
        .isInstanceOf(RefusedException.class);
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void whatACrashLeftHalfMadeIsNoEntryAndGoesWithTime() throws Exception {
    Files.createDirectories(root.resolve(FolderTrash.NAME + "/0000000000001-2-0000000a/images"));
    assertThat(home.trash().entries()).isEmpty();
    portal.areas.emptyTrash();
    assertThat(root.resolve(FolderTrash.NAME)).isEmptyDirectory();
  }

  @Test
  void itIsEmptiedWhenTheTimeIsOver() {
    store("old", 400);
    home.trash().discard(VirtualPath.parse("old"));
    clock.advance(Duration.ofDays(29));
    store("young", 100);
    home.trash().discard(VirtualPath.parse("young"));
    portal.areas.emptyTrash();
    assertThat(home.trash().entries()).hasSize(2);
    clock.advance(Duration.ofDays(2));
    portal.areas.emptyTrash();
    assertThat(home.trash().entries())
        .extracting(Trash.Entry::path)
        .containsExactly(VirtualPath.parse("young"));
    assertThat(used()).isEqualTo(new Amount(100, 1));
  }

  @Test
  void itIsNeverEmptiedByItselfWhenSo() {
    portal.close();
    open(Map.of("slipway.trash.keep", "0"));
    store("a", 1);
    home.trash().discard(VirtualPath.parse("a"));
    clock.advance(Duration.ofDays(4000));
    portal.areas.emptyTrash();
    assertThat(home.trash().entries()).hasSize(1);
  }

  private Amount used() {
    return new Amount(
        portal.ledger.usage(ann.id()).usedBytes(), portal.ledger.usage(ann.id()).usedFiles());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    home.list(VirtualPath.ROOT, f -> names.add(f.name()));
    return names;
  }

  private void store(String path, int size) {
    try (Upload upload =
        home.upload(VirtualPath.parse(path), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.write(ByteBuffer.wrap("x".repeat(size).getBytes(StandardCharsets.UTF_8)));
      upload.publish();
    }
  }

  private static void refused(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }
}
