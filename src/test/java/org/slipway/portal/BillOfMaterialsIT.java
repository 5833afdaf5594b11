package org.slipway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The software bill of materials that the build makes (CycloneDX). */
class BillOfMaterialsIT {

  /** The client's own, which the WAR does not have. */
  private static final Set<String> CLIENT =
      Set.of("picocli", "progressbar", "jline", "commons-net", "commons-io");

  @Test
  void itNamesWhatShipsAndNothingElse() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(Path.of("target/slipway-sbom.json").toFile());
    assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
    Set<String> named = new TreeSet<>();
    Set<String> client = new TreeSet<>();
    for (JsonNode component : bill.get("components")) {
      String name = component.get("name").asText();
      assertThat(component.get("hashes")).as("hash of " + name).isNotEmpty();
      if (CLIENT.stream().anyMatch(name::startsWith)) {
        client.add(name);
      } else {
        named.add(name + "-" + component.get("version").asText());
      }
    }
    assertThat(named).isEqualTo(librariesOfTheWar());
    assertThat(client).contains("picocli", "progressbar", "commons-net");
  }

  private static Set<String> librariesOfTheWar() throws IOException {
    try (ZipFile war = new ZipFile("target/slipway.war")) {
      return war.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("WEB-INF/lib/") && name.endsWith(".jar"))
          .map(name -> name.substring("WEB-INF/lib/".length(), name.length() - ".jar".length()))
          .map(name -> name.replaceAll("-jakarta$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
