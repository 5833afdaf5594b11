package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slipway.api.Api.Answer;

class NetworksIT {
  private final Api operator = Api.operator();

  @Test
  void aNetworkIsMadeReadChangedAndDeleted() {
    String path = "/api/v1/networks/" + Api.uniqueName();
    Answer made =
        operator.put(
            path,
            """
            {"subnet":"10.77.3.9/24","router":"10.77.3.1","dnsServers":["10.77.3.2","2001:db8::1"],
             "serverAddress":"10.77.3.3","domain":"lab.example",
             "tftp":{"maxWindowsize":4,"write":"REJECT","uploadFolder":"/up"},
             "pools":[{"first":"10.77.3.100","last":"10.77.3.200"}]}
            """);
    assertThat(made.status).as(made.toString()).isEqualTo(201);
    assertThat(made.json().get("subnet").asText()).isEqualTo("10.77.3.0/24");
    assertThat(made.json().get("unknownDevices").asText()).isEqualTo("IGNORE");
    assertThat(made.json().at("/tftp/write").asText()).isEqualTo("REJECT");
    Answer again = operator.put(path, made.text(), "If-Match", made.header("ETag"));
    assertThat(again.status).isEqualTo(200);
    assertThat(again.json()).isEqualTo(made.json());
    assertThat(operator.put(path, made.text(), "If-Match", made.header("ETag")).status)
        .isEqualTo(412);
    assertThat(
            operator.put("/api/v1/networks/" + Api.uniqueName(), "{\"subnet\":\"10.77.3.0/24\"}")
                .status)
        .isEqualTo(409);
    assertThat(operator.get("/api/v1/networks?q=10.77.3").json().get("total").asInt()).isEqualTo(1);
    assertThat(operator.delete(path).status).isEqualTo(204);
    assertThat(operator.get(path).status).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | subnet",
        "{'subnet':'10.0.0.0/33'} | subnet",
        "{'subnet':'lab'} | subnet",
        "{'subnet':'10.78.0.0/24','router':'10.79.0.1'} | router",
        "{'subnet':'10.78.0.0/24','router':'x'} | router",
        "{'subnet':'10.78.0.0/24','dnsServers':['10.78.0.1',null]} | dnsServers[1]",
        "{'subnet':'10.78.0.0/24','pools':[{'first':'10.78.0.1'}]} | pools[0].last",
        "{'subnet':'10.78.0.0/24','unknownDevices':'MAYBE'} | unknownDevices",
        "{'subnet':'10.78.0.0/24','domain':'a b'} | domain",
        "{'subnet':'10.78.0.0/24','tftp':{'maxBlksize':0}} | tftp.maxBlksize",
        "{'subnet':'10.78.0.0/24','tftp':{'write':'APPEND'}} | tftp.write",
        "{'subnet':'10.78.0.0/24','gateway':'10.78.0.1'} | gateway"
      })
  void aBadFieldIsNamed(String json, String field) {
    Answer answer = operator.put("/api/v1/networks/bad-one", json.replace('\'', '"'));
    assertThat(answer.status).as(answer.toString()).isEqualTo(400);
    assertThat(answer.badField()).isEqualTo(field);
    assertThat(operator.put("/api/v1/networks/a%20b", "{\"subnet\":\"10.78.0.0/24\"}").status)
        .isEqualTo(400);
  }
}
