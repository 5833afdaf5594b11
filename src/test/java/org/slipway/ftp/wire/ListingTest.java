package org.slipway.ftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slipway.ftp.wire.MachineListing.Fact;

/** RFC 959 section 4.1.3 (LIST), RFC 3659 sections 2.3 and 7. */
class ListingTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static String unix(ListingEntry entry) {
    StringBuilder out = new StringBuilder();
    UnixListing.append(out, entry, NOW);
    return out.toString();
  }

  @Test
  void listLooksLikeLs() {
    Instant modified = Instant.parse("2026-11-02T03:05:59Z");
    assertThat(unix(new ListingEntry("固件 a.bin", false, 40_000_000, modified)))
        .isEqualTo("-rw-r--r--    1 ftp      ftp      40000000 Nov  2 03:05 固件 a.bin\r\n");
    assertThat(unix(new ListingEntry("d", true, 4096, modified)))
        .isEqualTo("drwxr-xr-x    2 ftp      ftp             0 Nov  2 03:05 d\r\n");
  }

  @Test
  void oldAndFutureTimesShowTheYear() {
    assertThat(unix(new ListingEntry("o", false, 1, Instant.parse("2025-01-31T03:05:59Z"))))
        .endsWith("1 Jan 31  2025 o\r\n");
    assertThat(unix(new ListingEntry("f", false, 1, NOW.plusSeconds(86_400))))
        .endsWith("Nov 22  2026 f\r\n");
  }

  @Test
  void machineListingHasTheFactsThatWereChosen() {
    ListingEntry file = new ListingEntry("a b", false, 512, Instant.parse("2026-01-02T03:04:05Z"));
    StringBuilder all = new StringBuilder();
    MachineListing.append(all, file, EnumSet.allOf(Fact.class), "r", "a b");
    assertThat(all).hasToString("type=file;size=512;modify=20260102030405;perm=r; a b");
    StringBuilder none = new StringBuilder();
    MachineListing.append(none, file, Set.of(), "r", "a b");
    assertThat(none).hasToString(" a b");
    StringBuilder folder = new StringBuilder();
    MachineListing.append(
        folder, new ListingEntry("d", true, 4096, NOW), EnumSet.of(Fact.TYPE, Fact.SIZE), "", "d");
    assertThat(folder).hasToString("type=dir; d");
  }

  @Test
  void factsAreChosenInAnyCaseAndUnknownOnesPassedOver() {
    Set<Fact> chosen = Fact.select("TYPE;bogus;Modify;");
    assertThat(Fact.list(chosen)).isEqualTo("type;modify;");
    assertThat(Fact.feature(chosen)).isEqualTo("type*;size;modify*;perm;");
    assertThat(Fact.select("")).isEmpty();
  }

  @Test
  void namesWithLineBreaksAreNotShowable() {
    assertThat(new ListingEntry("a\nb", false, 0, NOW).isShowable()).isFalse();
    assertThat(new ListingEntry("a b", false, 0, NOW).isShowable()).isTrue();
  }
}
