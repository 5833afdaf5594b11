package org.slipway.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "52:54:00:AB:cd:01",
        "52-54-0-ab-cd-1",
        "5254.00ab.cd01",
        "525400-abcd01",
        "52 54 00 ab cd 01",
        " 525400abcd01 "
      })
  void anyUsualSpellingIsOneAddress(String text) {
    assertThat(HardwareAddress.parse(text)).contains(new HardwareAddress("52:54:00:ab:cd:01"));
  }

  @Test
  void itIsFoundHoweverItIsWritten() {
    assertThat(new HardwareAddress("52:54:00:ab:cd:01").spellings())
        .containsExactly("52:54:00:ab:cd:01", "52-54-00-ab-cd-01", "525400abcd01", "5254.00ab.cd01")
        .allMatch(s -> HardwareAddress.parse(s).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "52", "52:54:00:ab:cd", "52:54:00:ab:cd:0g", "52:54:00:ab:cd:01:02"})
  void othersAreNone(String text) {
    assertThat(HardwareAddress.parse(text)).isEmpty();
  }

  @Test
  void oneToSixteenOctetsAreCanonical() {
    assertThat(HardwareAddress.of(new byte[] {(byte) 0xAB}).text()).isEqualTo("ab");
    assertThat(HardwareAddress.of(new byte[16]).octets()).hasSize(16);
    assertThatThrownBy(() -> HardwareAddress.of(new byte[17]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HardwareAddress.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AB", "a", "ab:", "ab-cd", "ab:c", "ab:cd:", ":ab", "abc", "ab:cde"})
  void whatIsNotCanonicalIsNoAddress(String text) {
    assertThatThrownBy(() -> new HardwareAddress(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
