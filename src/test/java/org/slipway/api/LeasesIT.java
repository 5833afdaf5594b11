package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.slipway.bootp.RfcClient;
import org.slipway.bootp.RfcReply;
import org.slipway.bootp.RfcRequest;

/** A device that asks by BOOTP gets an address of a pool, which the API shows and takes away. */
class LeasesIT {
  private final Api operator = Api.operator();

  @Test
  void aLeaseIsListedReadAndTakenAway() throws Exception {
    String network = "/api/v1/networks/" + Api.uniqueName();
    assertThat(
            operator.put(
                    network,
                    """
                    {"subnet":"127.66.0.0/16","unknownDevices":"POOL",
                     "pools":[{"first":"127.66.0.10","last":"127.66.0.20"}]}
                    """)
                .status)
        .isEqualTo(201);
    int port = operator.get("/api/v1/listeners/bootp").json().get("port").asInt();
    String address;
    try (RfcClient client =
        new RfcClient(
            InetAddress.ofLiteral("127.66.0.1"), new InetSocketAddress("127.0.0.1", port))) {
      RfcReply reply = client.ask(RfcRequest.of("52:54:00:66:00:01", 66).cookie().end());
      address = reply.yiaddr();
    }
    assertThat(address).startsWith("127.66.0.");
    JsonNode explained = operator.get("/api/v1/devices/52:54:00:66:00:01/explain").json();
    assertThat(explained.get("answer").asText()).isEqualTo("OFFER");
    assertThat(explained.get("address").asText()).isEqualTo(address);
    JsonNode lease = operator.get("/api/v1/leases/" + address).json();
    assertThat(lease.get("hardwareAddress").asText()).isEqualTo("52:54:00:66:00:01");
    assertThat(lease.get("state").asText()).isEqualTo("BOUND");
    assertThat(operator.get("/api/v1/leases?q=52:54:00:66&sort=-end").json().get("items").get(0))
        .isEqualTo(lease);
    assertThat(operator.get("/api/v1/leases?sort=colour").status).isEqualTo(400);
    assertThat(operator.delete("/api/v1/leases/" + address).status).isEqualTo(204);
    assertThat(operator.get("/api/v1/leases/" + address).status).isEqualTo(404);
    assertThat(operator.delete("/api/v1/leases/x").status).isEqualTo(404);
    assertThat(operator.delete(network).status).isEqualTo(204);
  }
}
