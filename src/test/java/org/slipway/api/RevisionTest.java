package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.slipway.accounts.RefusedException;

/** RFC 9110 section 13.1. */
class RevisionTest {
  private static final OptionalLong SEVEN = OptionalLong.of(7);

  @Test
  void withoutAConditionAnyRevisionWillDo() {
    assertThat(Revision.expected(null, SEVEN)).isEmpty();
    assertThat(Revision.expected(null, OptionalLong.empty())).isEmpty();
  }

  @Test
  void aMatchingTagIsExpectedOnceMoreInTheTransaction() {
    assertThat(Revision.expected("\"7\"", SEVEN)).hasValue(7);
    assertThat(Revision.expected("\"5\", \"7\"", SEVEN)).hasValue(7);
    assertThat(Revision.expected("*", SEVEN)).hasValue(7);
  }

  @Test
  void anotherTagAWeakOneAndAThingThatDoesNotExistAreRefused() {
    for (String header : new String[] {"\"6\"", "W/\"7\"", "7", ""}) {
      assertThatThrownBy(() -> Revision.expected(header, SEVEN))
          .isInstanceOf(RefusedException.class);
    }
    assertThatThrownBy(() -> Revision.expected("*", OptionalLong.empty()))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void ifNoneMatchMakesOnlyWhatIsNew() {
    Revision.require(null, "*", Optional.empty());
    assertThatThrownBy(() -> Revision.require(null, "*", Optional.of("a")))
        .isInstanceOf(RefusedException.class);
  }
}
