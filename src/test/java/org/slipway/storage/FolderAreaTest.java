package org.slipway.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.slipway.accounts.Refusal;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.portal.PortalParts;

/** Files of a home: nothing leads outside, nothing is seen before it is whole. */
class FolderAreaTest {
  @TempDir Path folder;
  private PortalParts portal;
  private FileArea home;
  private Path root;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    Account account = portal.user("ann", "a long password", Optional.empty());
    home = portal.areas.home(account.id());
    root = folder.resolve("homes").resolve(account.id().toString());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "a/../../x",
        "a\\b",
        "..\\x",
        "nul\0name",
        "cr\rname",
        "lf\nname",
        "\u0007bell",
        ".slipway-staging/x",
        ".slipway-anything",
        "line\u2028separator",
        "c1\u0085control"
      })
  void aBadNameCannotBeMade(String name) {
    refused(Kind.BAD_NAME, () -> VirtualPath.parse(name));
  }

  @Test
  void aNameOfMoreThan255BytesCannotBeMade() {
    assertThat(VirtualPath.parse("x".repeat(255)).name()).hasSize(255);
    refused(Kind.BAD_NAME, () -> VirtualPath.parse("x".repeat(300)));
    refused(Kind.BAD_NAME, () -> VirtualPath.parse("\u6587".repeat(86)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "#{7*7}",
        "\u6587\u4ef6 name.txt",
        "%2e%2e",
        "C:",
        "CON",
        "-rf",
        "..."
      })
  void anOddNameIsJustAName(String name) {
    VirtualPath path = VirtualPath.parse(name.replace("/", "_"));
    store(path.relative(), "x");
    assertThat(read(path.relative())).isEqualTo("x");
    assertThat(Files.exists(root.resolve(path.relative()))).isTrue();
  }

  @Test
  void aSymbolicLinkIsNeverFollowed() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(root.resolve("link"), secret);
    Files.createSymbolicLink(root.resolve("up"), folder);
    assertThat(home.stat(VirtualPath.parse("link"))).isEmpty();
    refused(Kind.NO_PERMISSION, () -> home.open(VirtualPath.parse("link")));
    refusedSomehow(() -> home.open(VirtualPath.parse("up/secret")));
    refusedSomehow(() -> store("up/new", "x"));
    assertThat(names(VirtualPath.ROOT)).isEmpty();
    refusedSomehow(() -> store("link", "mine"));
    assertThat(Files.readString(secret)).isEqualTo("secret");
  }

  @Test
  void anUploadIsInvisibleUntilItIsPublished() {
    try (Upload upload = upload("new.bin", OnConflict.OVERWRITE)) {
      upload.write(ByteBuffer.allocate(100));
      assertThat(home.stat(VirtualPath.parse("new.bin"))).isEmpty();
      assertThat(names(VirtualPath.ROOT)).isEmpty();
      upload.publish();
    }
    assertThat(home.stat(VirtualPath.parse("new.bin")).orElseThrow().size()).isEqualTo(100);
  }

  @Test
  void aDroppedUploadLeavesTheOldFile() {
    store("a", "old");
    try (Upload upload = upload("a", OnConflict.OVERWRITE)) {
      upload.write(ByteBuffer.wrap("new and longer".getBytes(StandardCharsets.UTF_8)));
    }
    assertThat(read("a")).isEqualTo("old");
  }

  @Test
  void aReaderKeepsTheFileThatItOpened() throws Exception {
    store("a", "first");
    try (OpenFile open = home.open(VirtualPath.parse("a"))) {
      store("a", "second");
      ByteBuffer bytes = ByteBuffer.allocate(5);
      open.channel().read(bytes, 0);
      assertThat(new String(bytes.array(), StandardCharsets.UTF_8)).isEqualTo("first");
    }
  }

  @Test
  void conflictsAreSettledAsTheAccountWants() {
    store("a", "1");
    refused(Kind.ALREADY_EXISTS, () -> upload("a", OnConflict.REJECT).close());
    assertThat(publish("a", OnConflict.RENAME)).isEqualTo("/a.new");
    assertThat(publish("a", OnConflict.RENAME)).isEqualTo("/a.new.2");
    assertThat(publish("a", OnConflict.OVERWRITE)).isEqualTo("/a");
    assertThat(names(VirtualPath.ROOT)).containsExactlyInAnyOrder("a", "a.new", "a.new.2");
  }

  @Test
  void aRejectedNameThatAppearsMeanwhileIsKept() {
    try (Upload upload = upload("a", OnConflict.REJECT)) {
      upload.write(ByteBuffer.allocate(3));
      store("a", "first");
      refused(Kind.ALREADY_EXISTS, upload::publish);
    }
    assertThat(read("a")).isEqualTo("first");
  }

  @Test
  void foldersAreMadeRenamedAndDeleted() {
    home.makeFolder(VirtualPath.parse("d"));
    refused(Kind.ALREADY_EXISTS, () -> home.makeFolder(VirtualPath.parse("d")));
    refused(Kind.NO_SUCH_FILE, () -> home.makeFolder(VirtualPath.parse("x/y")));
    store("d/f", "x");
    assertThatThrownBy(() -> home.deleteFolder(VirtualPath.parse("d")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(e.refusal())
                    .isEqualTo(new Refusal(Kind.FOLDER_NOT_EMPTY, "The folder /d is not empty")));
    refused(Kind.IS_A_FOLDER, () -> home.deleteFile(VirtualPath.parse("d")));
    refused(Kind.NOT_A_FOLDER, () -> home.deleteFolder(VirtualPath.parse("d/f")));
    refused(Kind.BAD_NAME, () -> home.rename(VirtualPath.parse("d"), VirtualPath.parse("d/e")));
    home.rename(VirtualPath.parse("d"), VirtualPath.parse("e"));
    store("g", "y");
    refused(
        Kind.ALREADY_EXISTS, () -> home.rename(VirtualPath.parse("g"), VirtualPath.parse("e/f")));
    home.deleteTree(VirtualPath.parse("e"));
    assertThat(names(VirtualPath.ROOT)).containsExactly("g");
  }

  @Test
  void theRootIsNeitherDeletedNorRenamed() {
    refused(Kind.NO_PERMISSION, () -> home.deleteTree(VirtualPath.ROOT));
    refused(Kind.NO_PERMISSION, () -> home.deleteFolder(VirtualPath.ROOT));
    refused(Kind.NO_PERMISSION, () -> home.rename(VirtualPath.ROOT, VirtualPath.parse("x")));
    refused(Kind.IS_A_FOLDER, () -> upload("/", OnConflict.OVERWRITE).close());
  }

  @Test
  void theChecksumFollowsTheFile() {
    store("a", "abc");
    assertThat(home.sha256(VirtualPath.parse("a")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    store("a", "");
    assertThat(home.sha256(VirtualPath.parse("a")))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aFileWithTheTimeOfAnotherHasItsOwnChecksum() {
    VirtualPath file = VirtualPath.parse("a");
    store("a", "abc");
    home.setModified(file, Instant.EPOCH);
    String old = home.sha256(file);
    store("a", "xyz");
    home.setModified(file, Instant.EPOCH);
    assertThat(home.stat(file).orElseThrow().modified()).isEqualTo(Instant.EPOCH);
    assertThat(home.sha256(file)).isNotEqualTo(old);
    refused(Kind.NO_PERMISSION, () -> home.setModified(VirtualPath.ROOT, Instant.EPOCH));
  }

  private List<String> names(VirtualPath path) {
    List<String> names = new ArrayList<>();
    home.list(path, f -> names.add(f.name()));
    return names;
  }

  private String publish(String path, OnConflict onConflict) {
    try (Upload upload = upload(path, onConflict)) {
      return upload.publish().path().toString();
    }
  }

  private Upload upload(String path, OnConflict onConflict) {
    return home.upload(VirtualPath.parse(path), onConflict, Optional.empty(), false);
  }

  private void store(String path, String text) {
    try (Upload upload = upload(path, OnConflict.OVERWRITE)) {
      upload.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      upload.publish();
    }
  }

  private String read(String path) {
    try (OpenFile open = home.open(VirtualPath.parse(path))) {
      ByteBuffer bytes = ByteBuffer.allocate((int) open.size());
      open.channel().read(bytes, 0);
      return new String(bytes.array(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void refused(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().kind()).isEqualTo(kind));
  }

  private static void refusedSomehow(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(RefusedException.class);
  }
}
