package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;
import org.slipway.audit.Who;
import org.slipway.portal.PortalParts;

/** What a manifest may hold, and its versions. */
class ManifestsTest {
  @TempDir Path folder;
  private PortalParts portal;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder);
    portal.user("lab", "a long password", Optional.empty());
  }

  @AfterEach
  void close() {
    portal.close();
  }

  @Test
  void eachChangeMakesAVersionAndNoChangeMakesNone() {
    assertThat(put(steps("a", "m.rc"), file("k", "f")).version()).isEqualTo(1);
    assertThat(put(steps("a", "m.rc"), file("k", "f")).version()).isEqualTo(1);
    assertThat(put(steps("b", "m.rc"), file("k", "f")).version()).isEqualTo(2);
    assertThat(portal.manifests.version("m", 1).orElseThrow().steps())
        .isEqualTo(steps("a", "m.rc"));
    portal.manifests.delete("m", OptionalLong.empty(), Who.SYSTEM);
    assertThat(portal.manifests.find("m")).isEmpty();
    assertThat(put(steps("c")).version()).isEqualTo(3);
  }

  @Test
  void theListIsRenderedInOrder() {
    Manifest m = put(steps("m.rc"), file("rootfs", "images/root fs.img"), file("b", "\u6587.txt"));
    assertThat(new String(FileList.list(m), StandardCharsets.UTF_8))
        .isEqualTo("# slipway manifest m version 1\nrootfs: images/root fs.img\nb: \u6587.txt\n");
    assertThat(FileList.checksums(m)).isEmpty();
  }

  @Test
  void filesNeedTheListAmongTheSteps() {
    assertThat(fields(steps("a"), file("k", "f"))).containsExactly("steps");
  }

  @Test
  void badFieldsAreNamed() {
    assertThat(fields(steps("x".repeat(128)))).containsExactly("steps[0].path");
    assertThat(fields(steps("../x"))).containsExactly("steps[0].path");
    assertThat(fields(steps(" x"))).containsExactly("steps[0].path");
    assertThat(fields(steps("m.rc"), file("k", "a"), file("k", "b")))
        .containsExactly("files[1].key");
    assertThat(fields(steps("m.rc"), file("a b", "a"))).containsExactly("files[0].key");
    assertThat(fields(steps("m.rc"), file("k", "a\nb"))).containsExactly("files[0].path");
    assertThat(fields(steps("m.rc"), file("k", "a "))).containsExactly("files[0].path");
    assertThat(portal.manifests.all()).isEmpty();
  }

  private List<String> fields(List<Manifest.Step> steps, Manifest.ListedFile... files) {
    List<String> fields = new java.util.ArrayList<>();
    assertThatThrownBy(() -> put(steps, files))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> e.violations().stream().map(Violation::field).forEach(fields::add));
    return fields;
  }

  private Manifest put(List<Manifest.Step> steps, Manifest.ListedFile... files) {
    return portal.manifests.put(
        new ManifestDraft(
            "m",
            "",
            Optional.of("lab"),
            Manifest.Advance.DELIVERY,
            Manifest.End.SILENCE,
            Manifest.Rearm.SILENCE,
            Optional.empty(),
            steps,
            List.of(files)),
        OptionalLong.empty(),
        Who.SYSTEM);
  }

  private static List<Manifest.Step> steps(String... paths) {
    return Arrays.stream(paths).map(Manifest.Step::new).toList();
  }

  private static Manifest.ListedFile file(String key, String path) {
    return new Manifest.ListedFile(key, path, Optional.empty());
  }
}
