package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.api.Api.Answer;

class ManifestsIT {
  private final Api operator = Api.operator();

  @Test
  void everyChangeMakesTheNextVersion() {
    Api owner = Api.user();
    owner.upload("/api/v1/files/images/r", "hello world".getBytes());
    String name = Api.uniqueName();
    String path = "/api/v1/manifests/" + name;
    String body =
        """
        {"account":"%s","steps":[{"path":"boot.bin"},{"path":"%s.rc"}],
         "files":[{"key":"rootfs","path":"images/r"},{"key":"later","path":"not/there"}]}
        """
            .formatted(owner.username, name);
    Answer made = operator.put(path, body);
    assertThat(made.status).as(made.toString()).isEqualTo(201);
    assertThat(made.json().get("version").asInt()).isEqualTo(1);
    assertThat(made.json().get("listName").asText()).isEqualTo(name + ".rc");
    assertThat(made.json().get("advance").asText()).isEqualTo("DELIVERY");
    assertThat(made.json().at("/files/0/sha256").asText()).startsWith("b94d27b9934d3e08");
    assertThat(made.json().at("/files/1/sha256").isNull()).isTrue();
    assertThat(operator.put(path, body).json().get("version").asInt()).isEqualTo(1);

    Answer read = operator.get(path);
    Answer changed =
        operator.put(
            path,
            read.text().replace("\"description\":\"\"", "\"description\":\"<b>\""),
            "If-Match",
            read.header("ETag"));
    assertThat(changed.status).as(changed.toString()).isEqualTo(200);
    assertThat(changed.json().get("version").asInt()).isEqualTo(2);
    assertThat(operator.put(path, body, "If-Match", read.header("ETag")).status).isEqualTo(412);
    assertThat(operator.delete(path, "If-Match", read.header("ETag")).status).isEqualTo(412);
    assertThat(operator.delete(path).status).isEqualTo(204);
    assertThat(operator.get(path).status).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'name':'other'} | name",
        "{'advance':'SOMETIMES'} | advance",
        "{'steps':[null]} | steps[0].path",
        "{'steps':[{'path':''}]} | steps[0].path",
        "{'steps':[{'path':' a'}]} | steps[0].path",
        "{'steps':[{'path':'a\\nb'}]} | steps[0].path",
        "{'steps':[{'path':'../a'}]} | steps[0].path",
        "{'steps':'a'} | steps",
        "{'files':[{'key':'k','path':'p'}]} | account",
        "{'files':[null]} | files[0]",
        "{'files':[{'path':'p'}]} | files[0].key",
        "{'account':'nobody-here'} | account",
        "{'versions':1} | versions"
      })
  void aBadFieldIsNamed(String json, String field) {
    Answer answer = operator.put("/api/v1/manifests/bad-one", json.replace('\'', '"'));
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.badField()).isEqualTo(field);
  }

  @Test
  void longPathsDoubleKeysAndAListThatIsNoStepAreRefused() {
    Api owner = Api.user();
    String start = "{\"account\":\"%s\",\"steps\":[".formatted(owner.username);
    String list = "{\"path\":\"bad-two.rc\"}],\"files\":[";
    assertRefused(start + "{\"path\":\"%s\"}]}".formatted("x".repeat(128)));
    assertRefused(start + "],\"files\":[{\"key\":\"a\",\"path\":\"b\"}]}");
    assertRefused(start + list + "{\"key\":\"a\",\"path\":\"b\"},{\"key\":\"a\",\"path\":\"c\"}]}");
    assertRefused(start + list + "{\"key\":\"a b\",\"path\":\"b\"}]}");
    assertRefused(start + list + "{\"key\":\"a\",\"path\":\"b\",\"sha256\":\"zz\"}]}");
  }

  private void assertRefused(String body) {
    Answer answer = operator.put("/api/v1/manifests/bad-two", body);
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.json().get("violations")).isNotEmpty();
  }
}
