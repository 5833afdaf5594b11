package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Permission;
import org.slipway.accounts.SharedFolder;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/** Folders of one account in the homes of others, on its quota. */
class SharedFolderTest {
  @TempDir Path folder;
  private PortalParts portal;
  private Account owner;
  private Account member;
  private FileArea home;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    owner = portal.user("owner", "a long password", Optional.of(10L));
    member = portal.user("member", "another password", Optional.of(5L));
    portal.areas.home(owner.id()).makeFolders(VirtualPath.parse("/private/common"));
    share("/private/common");
    home = portal.areas.home(member.id());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  private void share(String path) {
    portal.shared.put(
        new SharedFolder(
            "team",
            "",
            owner.id(),
            path,
            List.of(
                new SharedFolder.Member(
                    Optional.of(member.id()), Optional.empty(), EnumSet.allOf(Permission.class))),
            0),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  private static void store(FileArea area, String path, String text) {
    try (Upload upload =
        area.upload(VirtualPath.parse(path), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      assertThat(upload.publish().path()).hasToString(path);
    }
  }

  private static String read(FileArea area, String path) throws Exception {
    try (OpenFile file = area.open(VirtualPath.parse(path))) {
      return new String(
          Channels.newInputStream(file.channel()).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> names(FileArea area, String path) {
    List<String> names = new ArrayList<>();
    area.list(VirtualPath.parse(path), f -> names.add(f.name()));
    return names.stream().sorted().toList();
  }

  private long used(Account account) {
    return portal.ledger.usage(account.id()).usedBytes();
  }

  @Test
  void whatAMemberStoresIsTheOwnersAndCountsForHim() throws Exception {
    store(home, "/team/a", "1234567");
    assertThat(read(portal.areas.home(owner.id()), "/private/common/a")).isEqualTo("1234567");
    assertThat(read(home, "/team/a")).isEqualTo("1234567");
    assertThat(used(owner)).isEqualTo(7);
    assertThat(used(member)).isZero();
    assertThatThrownBy(() -> store(home, "/team/b", "1234")).hasMessageContaining("OVER_QUOTA");
    store(home, "/own", "12345");
    assertThat(used(member)).isEqualTo(5);
    assertThat(portal.areas.reconcile(owner.id()).bytes()).isEqualTo(7);
    home.deleteFile(VirtualPath.parse("/team/a"));
    assertThat(used(owner)).isZero();
  }

  @Test
  void itStandsInTheListingOfTheHomeAndHidesWhatHasItsName() {
    store(home, "/own", "1");
    assertThat(names(home, "/")).containsExactly("own", "team");
    assertThat(names(home, "/team")).isEmpty();
    assertThat(home.stat(VirtualPath.parse("/team")).orElseThrow().folder()).isTrue();
  }

  @Test
  void itIsGoneAtOnceWhenItIsSharedNoMore() {
    store(home, "/team/a", "1");
    portal.shared.delete("team", OptionalLong.empty(), Who.SYSTEM);
    assertThat(home.stat(VirtualPath.parse("/team/a"))).isEmpty();
    assertThat(names(home, "/")).isEmpty();
    assertThat(portal.areas.home(owner.id()).stat(VirtualPath.parse("/private/common/a")))
        .isPresent();
  }

  @Test
  void theOwnersPathIsNotTold() {
    assertThatThrownBy(() -> home.open(VirtualPath.parse("/team/none")))
        .hasMessageContaining("NO_SUCH_FILE")
        .hasMessageNotContaining("private");
  }

  @Test
  void aFolderThatItsOwnerRemovedIsNotShown() {
    portal.areas.home(owner.id()).deleteTree(VirtualPath.parse("/private"));
    assertThat(names(home, "/")).isEmpty();
    assertThat(home.stat(VirtualPath.parse("/team"))).isEmpty();
    assertThatThrownBy(() -> home.open(VirtualPath.parse("/team/a")))
        .hasMessageContaining("NO_SUCH_FILE");
  }

  @Test
  void nothingChangesItsOwnerByARename() {
    store(home, "/own", "1");
    store(home, "/team/a", "1");
    assertThatThrownBy(() -> home.rename(VirtualPath.parse("/own"), VirtualPath.parse("/team/own")))
        .hasMessageContaining("CONFLICT");
    assertThatThrownBy(() -> home.rename(VirtualPath.parse("/team/a"), VirtualPath.parse("/a")))
        .hasMessageContaining("CONFLICT");
    home.rename(VirtualPath.parse("/team/a"), VirtualPath.parse("/team/b"));
    assertThat(names(home, "/team")).containsExactly("b");
  }

  @Test
  void theSharedFolderItselfStays() {
    assertThatThrownBy(() -> home.deleteTree(VirtualPath.parse("/team")))
        .hasMessageContaining("NO_PERMISSION");
    assertThatThrownBy(() -> home.makeFolder(VirtualPath.parse("/team")))
        .hasMessageContaining("ALREADY_EXISTS");
  }

  @Test
  void aLinkOnTheWayIsNotFollowed() throws Exception {
    Path common = folder.resolve("homes").resolve(owner.id().toString()).resolve("private/common");
    java.nio.file.Files.delete(common);
    java.nio.file.Files.createSymbolicLink(common, folder);
    assertThat(names(home, "/")).isEmpty();
    assertThatThrownBy(() -> home.open(VirtualPath.parse("/team/slipway.mv.db")))
        .hasMessageContaining("NO_PERMISSION");
  }

  @Test
  void whatAMemberPutsIntoTheTrashStaysWithItsOwnerAndComesBack() throws Exception {
    store(home, "/team/a", "1234567");
    Trash.Entry entry = home.trash().discard(VirtualPath.parse("/team/a"));
    assertThat(entry.path()).hasToString("/team/a");
    assertThat(home.stat(VirtualPath.parse("/team/a"))).isEmpty();
    assertThat(used(owner)).isEqualTo(7);
    assertThat(home.trash().entries()).containsExactly(entry);
    assertThat(home.trash().restore(entry.id())).hasToString("/team/a");
    assertThat(read(home, "/team/a")).isEqualTo("1234567");
    home.trash().delete(home.trash().discard(VirtualPath.parse("/team/a")).id());
    assertThat(used(owner)).isZero();
    assertThatThrownBy(() -> home.trash().discard(VirtualPath.parse("/team")))
        .hasMessageContaining("NO_PERMISSION");
  }
}
