package org.slipway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The sample of {@code slipway.properties} and the guide name settings that there are, with values
 * they take.
 */
class SampleSettingsTest {

  private static final Path SAMPLE = Path.of("deploy/slipway.properties.sample");
  private static final Pattern LINE = Pattern.compile("(?m)^#(slipway\\.[a-z.-]+)=(.*)$");

  @Test
  void everySampleIsASetting() throws IOException {
    assertThat(samples().map(sample -> sample.group(1)))
        .isNotEmpty()
        .allSatisfy(
            name -> assertThat(PortalSettings.ALL).extracting(Setting::name).contains(name));
  }

  @Test
  void everySampleHasAValueThatIsAllowed() throws IOException {
    assertThat(samples().filter(sample -> !sample.group(2).isEmpty()))
        .allSatisfy(sample -> {
          Settings settings =
              new Settings(Map.of(sample.group(1), sample.group(2))::get, n -> null);
          assertThatCode(settings::all).doesNotThrowAnyException();
        });
  }

  @Test
  void theAdministratorGuideNamesSettingsThatThereAre() throws IOException {
    String guide = Files.readString(Path.of("src/site/markdown/administrator-guide.md"));
    assertThat(Pattern.compile("slipway\\.[a-z.-]*[a-z]").matcher(guide).results())
        .extracting(MatchResult::group)
        .filteredOn(name -> !name.startsWith("slipway.properties"))
        .isNotEmpty()
        .allSatisfy(
            name -> assertThat(PortalSettings.ALL).extracting(Setting::name).contains(name));
  }

  private static Stream<MatchResult> samples() throws IOException {
    return LINE.matcher(Files.readString(SAMPLE)).results().toList().stream();
  }
}
