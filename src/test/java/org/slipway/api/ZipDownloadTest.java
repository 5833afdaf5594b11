package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.Account;
import org.slipway.accounts.OnConflict;
import org.slipway.accounts.Refusal.Kind;
import org.slipway.accounts.RefusedException;
import org.slipway.portal.PortalParts;
import org.slipway.storage.FileArea;
import org.slipway.storage.GuardedArea;
import org.slipway.storage.Upload;
import org.slipway.storage.VirtualPath;

/** An archive holds what the account may read below the folder, and nothing else. */
class ZipDownloadTest {
  @TempDir Path folder;
  private PortalParts portal;
  private FileArea home;
  private Path root;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    Account ann = portal.user("ann", "a long password", Optional.empty());
    home = portal.areas.home(ann.id());
    root = folder.resolve("homes").resolve(ann.id().toString());
    store("a.txt", "one");
    store("images/\u6587\u4ef6 1.bin", "two");
    store("images/deep/er/c", "three");
    store("secret/d", "four");
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void holdsWhatWasChosenUnderItsOwnNames() throws IOException {
    assertThat(zip(List.of("a.txt", "images")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "a.txt", "one",
                "images/", "",
                "images/\u6587\u4ef6 1.bin", "two",
                "images/deep/", "",
                "images/deep/er/", "",
                "images/deep/er/c", "three"));
  }

  @Test
  void withoutAChoiceItIsTheWholeFolder() throws IOException {
    assertThat(zip(List.of())).containsKeys("a.txt", "secret/d", "images/deep/er/c").hasSize(8);
  }

  @Test
  void linksTheTrashAndWhatMayNotBeReadAreLeftOut() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "outside");
    Files.createSymbolicLink(root.resolve("images/link"), outside);
    Files.createSymbolicLink(root.resolve("images/up"), folder);
    home.trash().discard(VirtualPath.parse("a.txt"));
    Map<String, String> entries = zip(List.of());
    assertThat(entries.keySet()).noneMatch(n -> n.matches(".*(link|up|trash|a\\.txt).*"));
    Map<String, String> guarded =
        zip(
            List.of(),
            (permission, path) -> {
              if (path.toString().startsWith("/secret")) {
                throw new RefusedException(Kind.NO_PERMISSION, "no");
              }
            });
    assertThat(guarded).containsKey("images/deep/er/c").doesNotContainKey("secret/d");
  }

  @Test
  void moreThanTheOldFormatCanCountStillFits() throws IOException {
    Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < 66_000; i++) {
      Files.createFile(root.resolve("many/" + i));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipDownload.write(area((p, v) -> {}), VirtualPath.parse("many"), List.of(), out);
    Path file = Files.write(folder.resolve("many.zip"), out.toByteArray());
    try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(66_000);
    }
  }

  private Map<String, String> zip(List<String> names) throws IOException {
    return zip(names, (permission, path) -> {});
  }

  private Map<String, String> zip(
      List<String> names,
      java.util.function.BiConsumer<org.slipway.accounts.Permission, VirtualPath> permitted)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipDownload.write(area(permitted), VirtualPath.ROOT, names, out);
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.put(e.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  private GuardedArea area(
      java.util.function.BiConsumer<org.slipway.accounts.Permission, VirtualPath> permitted) {
    return new GuardedArea(home, OnConflict.OVERWRITE, permitted::accept);
  }

  private void store(String path, String text) {
    try (Upload upload =
        home.upload(VirtualPath.parse(path), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      upload.publish();
    }
  }
}
