package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.InvalidInputException;
import org.slipway.api.model.DeviceDocument;
import org.slipway.api.model.TftpDocument;

/** RFC 7396. */
class MergePatchTest {
  private static final DeviceDocument DEVICE =
      new DeviceDocument(
          "52:54:00:12:34:56",
          "one",
          "10.0.0.1",
          "m",
          null,
          true,
          Map.of("a", "1", "b", "2"),
          Map.of(),
          new TftpDocument(1468, 8, null, null, null, null));

  @Test
  void keepsWhatIsAbsentAndRemovesWhatIsNull() throws Exception {
    DeviceDocument patched = patch("{\"name\":\"two\",\"address\":null}");
    assertThat(patched.name()).isEqualTo("two");
    assertThat(patched.address()).isNull();
    assertThat(patched.manifest()).isEqualTo("m");
  }

  @Test
  void mergesObjectsWithinObjects() throws Exception {
    assertThat(patch("{\"variables\":{\"a\":null,\"c\":\"3\"}}").variables())
        .isEqualTo(Map.of("b", "2", "c", "3"));
  }

  @Test
  void mergesRulesForTftpThatAreThereAndThatAreNot() throws Exception {
    TftpDocument merged = patch("{\"tftp\":{\"maxBlksize\":null,\"options\":false}}").tftp();
    assertThat(merged).isEqualTo(new TftpDocument(null, 8, false, null, null, null));
    assertThat(patch("{\"tftp\":null}").tftp()).isNull();
    assertThatThrownBy(() -> patch("{\"tftp\":{\"blksize\":8}}"))
        .isInstanceOf(UnreadableJsonException.class);
  }

  @Test
  void refusesFieldsThatNobodyKnowsEvenToRemoveThem() {
    assertThatThrownBy(() -> patch("{\"nmae\":null}"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.violations().getFirst().field()).isEqualTo("nmae"));
  }

  @Test
  void aReadOnlyFieldMayOnlyRepeatItsValue() throws Exception {
    patch("{\"hardwareAddress\":\"52:54:00:12:34:56\"}");
    assertThatThrownBy(() -> patch("{\"hardwareAddress\":\"52:54:00:12:34:57\"}"))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void whatWasReadMayBeSentBackWhole() throws Exception {
    ReadDocument held = new ReadDocument(5L, 7, Instant.EPOCH, null, List.of("a"));
    String read = ApiJson.MAPPER.writeValueAsString(held);
    Set<String> all = Set.of("large", "small", "at", "none", "names");
    MergePatch same = MergePatch.of(ApiJson.MAPPER.readTree(read));
    assertThat(same.appliedTo(held, ReadDocument.class, all)).isEqualTo(held);
    MergePatch other = MergePatch.of(ApiJson.MAPPER.readTree("{\"large\":6}"));
    assertThatThrownBy(() -> other.appliedTo(held, ReadDocument.class, all))
        .isInstanceOf(InvalidInputException.class);
  }

  /** One field of each kind. */
  record ReadDocument(Long large, Integer small, Instant at, String none, List<String> names) {}

  @Test
  void refusesAValueOfAnotherType() {
    assertThatThrownBy(() -> patch("{\"enabled\":\"yes\"}"))
        .isInstanceOf(UnreadableJsonException.class);
    assertThatThrownBy(() -> patch("{\"name\":7}")).isInstanceOf(UnreadableJsonException.class);
  }

  @Test
  void refusesAnythingButAnObject() {
    assertThatThrownBy(() -> patch("[]")).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> patch("null")).isInstanceOf(InvalidInputException.class);
  }

  private static DeviceDocument patch(String json) throws JsonProcessingException {
    return MergePatch.of(ApiJson.MAPPER.readTree(json))
        .appliedTo(DEVICE, DeviceDocument.class, Set.of("hardwareAddress"));
  }
}
