package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a change has changed, field by field. */
class FieldChangeTest {

  @Test
  void onlyWhatDiffersIsTold() {
    assertThat(
            FieldChange.between(
                "{\"status\":\"ACTIVE\",\"quota\":5,\"gone\":true}",
                "{\"status\":\"SUSPENDED\",\"quota\":5,\"reason\":\"why\"}"))
        .containsExactly(
            new FieldChange("status", "ACTIVE", "SUSPENDED"),
            new FieldChange("gone", "true", null),
            new FieldChange("reason", null, "why"));
  }

  @Test
  void listsAreComparedItemByItem() {
    assertThat(FieldChange.between("{\"steps\":[\"a\",\"b\"]}", "{\"steps\":[\"a\",\"c\"]}"))
        .containsExactly(new FieldChange("steps[1]", "b", "c"));
  }

  @Test
  void whatIsNoObjectIsATextAsAWhole() {
    assertThat(FieldChange.between("LISTENING", "STOPPED"))
        .containsExactly(new FieldChange("", "LISTENING", "STOPPED"));
    assertThat(FieldChange.between(null, "{\"cut\":\"sho"))
        .containsExactly(new FieldChange("", null, "{\"cut\":\"sho"));
    assertThat(FieldChange.between(null, null)).isEmpty();
  }
}
