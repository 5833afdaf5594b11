package org.slipway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  private static final byte[] SECRET = "attack at dawn".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private SecretBox box() {
    return new SecretBox(
        new Settings(Map.of("slipway.data.dir", folder.toString())::get, name -> null));
  }

  @Test
  void whatIsSealedOpensAgainAfterARestart() {
    String sealed = box().seal("mail", SECRET);
    assertThat(sealed).doesNotContain("attack");
    assertThat(box().open("mail", sealed)).isEqualTo(SECRET);
    assertThat(box().seal("mail", SECRET)).isNotEqualTo(sealed);
  }

  @Test
  void itOpensForItsPurposeOnlyAndUnchanged() {
    SecretBox box = box();
    String sealed = box.seal("second-factor/1", SECRET);
    assertThatThrownBy(() -> box.open("second-factor/2", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open("second-factor/1", "AAAA" + sealed.substring(4)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open("second-factor/1", "no seal"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyItsOwnerMayReadTheKey() throws Exception {
    box().seal("x", SECRET);
    Path key = folder.resolve("keys/secrets.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
        .isEqualTo("rwx------");
    assertThat(Files.list(key.getParent())).containsExactly(key);
  }

  @Test
  void anotherKeyOpensNothing() throws Exception {
    String sealed = box().seal("x", SECRET);
    Files.write(folder.resolve("keys/secrets.key"), new byte[32]);
    assertThatThrownBy(() -> box().open("x", sealed)).hasMessageContaining("keys/secrets.key");
    Files.write(folder.resolve("keys/secrets.key"), new byte[31]);
    assertThatThrownBy(() -> box().seal("x", SECRET)).hasMessageContaining("32 bytes");
  }
}
