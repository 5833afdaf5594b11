package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slipway.api.model.AccountDocument;
import org.slipway.api.model.ManifestDocument;
import org.slipway.api.model.Problem;

class ApiJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'nmae':'x'} | nmae | unknown",
        "{'name':7} | name | type",
        "{'name':true} | name | type",
        "{'version':'1'} | version | type",
        "{'version':1.5} | version | type",
        "{'version':99999999999} | version | type",
        "{'steps':{}} | steps | type",
        "{'steps':[{'path':'a'},{'pth':'b'}]} | steps[1].pth | unknown",
        "{'steps':[{'path':['b']}]} | steps[0].path | type"
      })
  void saysWhichFieldIsWrong(String json, String field, String code) {
    Problem problem = problem(json.replace('\'', '"'));
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.violations())
        .singleElement()
        .satisfies(v -> assertThat(v.field()).isEqualTo(field))
        .satisfies(v -> assertThat(v.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{} {}",
        "[]",
        "nul",
        "{\"a\":\u0001}"
      })
  void saysThatABodyIsNoJsonObject(String json) {
    Problem problem = problem(json);
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).doesNotContain("org.slipway", "com.fasterxml", "java.");
  }

  @Test
  void aDeepBodyIsRefusedAndNotFollowed() {
    assertThat(problem("{\"steps\":" + "[".repeat(100_000)).status()).isEqualTo(400);
  }

  @Test
  void neverWritesAPassword() throws JsonProcessingException {
    AccountDocument account =
        ApiJson.MAPPER.readValue("{\"password\":\"secret-word\"}", AccountDocument.class);
    assertThat(account.password()).isEqualTo("secret-word");
    assertThat(ApiJson.MAPPER.writeValueAsString(account)).doesNotContain("secret-word");
    assertThat(account.toString()).doesNotContain("secret-word");
  }

  private static Problem problem(String json) {
    return ApiJson.problem(
        catchThrowableOfType(
            JsonProcessingException.class,
            () -> ApiJson.MAPPER.readValue(json, ManifestDocument.class)));
  }
}
