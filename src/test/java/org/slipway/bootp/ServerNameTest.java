package org.slipway.bootp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerNameTest {

  @Test
  void theHostNameIsOffered() {
    ServerName name = ServerName.of(Optional.empty(), "boot1.example.org");

    assertThat(name.offered()).isEqualTo("boot1.example.org");
    assertThat(name.isMeantBy("boot1")).isTrue();
    assertThat(name.isMeantBy("BOOT1.Example.ORG")).isTrue();
    assertThat(name.isMeantBy("")).isTrue();
    assertThat(name.isMeantBy("boot2")).isFalse();
    assertThat(name.isMeantBy("boot1.example.com")).isFalse();
  }

  @Test
  void aConfiguredNameIsOfferedAndTheHostNameStillMeansUs() {
    ServerName name = ServerName.of(Optional.of("tftp.example.org"), "host7");

    assertThat(name.offered()).isEqualTo("tftp.example.org");
    assertThat(name.isMeantBy("tftp")).isTrue();
    assertThat(name.isMeantBy("host7")).isTrue();
  }

  @Test
  void aNameThatDoesNotFitIsOfferedByItsFirstLabel() {
    assertThat(ServerName.of(Optional.empty(), "a." + "b".repeat(70)).offered()).isEqualTo("a");
    assertThat(ServerName.of(Optional.empty(), "c".repeat(80)).offered()).hasSize(63);
  }

  @Test
  void thisMachineHasAName() {
    assertThat(ServerName.hostName()).isNotBlank();
  }
}
