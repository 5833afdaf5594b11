package org.slipway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source wins, and what a bad value is told. */
class SettingsTest {
  @TempDir Path folder;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void dataDirectory() {
    properties.put("slipway.data.dir", folder.toString());
  }

  @Test
  void whoAsksWhileOtherValuesAreTakenOverNeverGetsTheDefault() {
    Settings settings = settings();
    settings.useStored(Map.of("slipway.tftp.port", "2"));
    List<Integer> seen = new ArrayList<>();
    settings.useStored(
        new HashMap<>(Map.of("slipway.tftp.port", "3")) {
          private static final long serialVersionUID = 1L;

          @Override
          public Set<Map.Entry<String, String>> entrySet() {
            seen.add(settings.get(PortalSettings.TFTP_PORT));
            return super.entrySet();
          }
        });
    assertThat(seen).isNotEmpty().containsOnly(2);
    assertThat(settings.get(PortalSettings.TFTP_PORT)).isEqualTo(3);
  }

  @Test
  void theStrongestSourceWins() throws Exception {
    assertPort(69, SettingSource.DEFAULT);
    properties.put("slipway.default.slipway.tftp.port", "1");
    assertPort(1, SettingSource.RUN_COMMAND);
    Settings settings = settings();
    settings.useStored(Map.of("slipway.tftp.port", "2"));
    assertThat(settings.resolve(PortalSettings.TFTP_PORT).source())
        .isEqualTo(SettingSource.DATABASE);
    Files.writeString(folder.resolve("slipway.properties"), "slipway.tftp.port = 3\n");
    assertPort(3, SettingSource.FILE);
    environment.put("SLIPWAY_TFTP_PORT", "4");
    assertPort(4, SettingSource.ENVIRONMENT);
    properties.put("slipway.tftp.port", "5");
    assertPort(5, SettingSource.SYSTEM_PROPERTY);
  }

  @ParameterizedTest
  @CsvSource({
    "slipway.tftp.port, 0",
    "slipway.tftp.port, x",
    "slipway.ftp.idle, 5",
    "slipway.registration.quota, -1",
    "slipway.registration.quota, 999999999999999T",
    "slipway.registration.quota, 8388608T",
    "slipway.smtp.from, abc",
    "slipway.smtp.from, @",
    "slipway.smtp.from, a@b@example.org",
    "slipway.smtp.from, Slipway <abc>",
    "slipway.smtp.from, Slipway <a@b@example.org>",
    "slipway.smtp.from, 'a@example.org,b@example.org'",
    "slipway.smtp.from, 'a, b <x@example.org>'",
    "slipway.smtp.from, 'a; b <x@example.org>'",
    "slipway.smtp.from, 'a: b <x@example.org>'",
    "slipway.ftp.passive-ports, 200-100",
    "slipway.ftp.active, perhaps",
    "slipway.ftp.tls.implicit-port, 65536",
    "slipway.ftp.tls.implicit-port, on",
    "slipway.ftp.public-addresses, 10.0.0.0/8",
    "slipway.ftp.public-addresses, 10.0.0.0/8=",
    "slipway.ftp.public-addresses, 10.0.0.0/33=192.0.2.1",
    "slipway.ftp.public-addresses, 10.0.0.0/8=ftp.example.net",
    "slipway.ftp.public-addresses, 10.0.0.0/8=2001:db8::1",
    "slipway.ftp.public-addresses, 2001:db8::/32=192.0.2.1",
    "slipway.ftp.public-addresses, '10.0.0.0/8=192.0.2.1, 10.1.1.1/8=own'",
    "slipway.tftp.transfer-ports, some",
    "slipway.bind.address, localhost",
    "slipway.admin.username, Bad Name",
    "slipway.bind.address, 10.1",
    "slipway.tftp.networks, 10/8",
    "slipway.bootp.enabled, maybe",
    "slipway.db.url, jdbc:oracle:x",
    "slipway.tftp.networks, 10.0.0.0/33"
  })
  void aBadValueNamesItselfAndWhatIsAllowed(String name, String value) {
    properties.put(name, value);
    assertThatThrownBy(this::settings)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("\"" + value + "\"")
        .hasMessageContaining("allowed: ");
  }

  @Test
  void aPasswordThatIsTooShortIsNamedAndNotShown() {
    properties.put("slipway.admin.password", "sh0rt");
    assertThatThrownBy(this::settings)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("slipway.admin.password")
        .hasMessageContaining("\"***\"; allowed: 8 to 256 characters")
        .hasMessageNotContaining("sh0rt");
  }

  @Test
  void aSecretIsNeverShown() {
    environment.put("SLIPWAY_DB_PASSWORD", "tell nobody");
    assertThat(settings().all().toString()).doesNotContain("tell nobody").contains("***");
  }

  @Test
  void whatIsFixedIsNotSaved() {
    environment.put("SLIPWAY_TFTP_PORT", "4");
    Settings settings = settings();
    assertThatThrownBy(() -> settings.checkStorable(PortalSettings.TFTP_PORT, "5"))
        .hasMessageContaining("ENVIRONMENT");
    assertThatThrownBy(() -> settings.checkStorable(PortalSettings.DB_URL, "jdbc:h2:x"))
        .isInstanceOf(BadSettingException.class);
    assertThatThrownBy(() -> settings.checkStorable(FtpSettings.PORT, "x"))
        .isInstanceOf(BadSettingException.class);
    settings.checkStorable(FtpSettings.PORT, "2121");
  }

  @Test
  void aPortForImplicitTlsNeedsTlsAndAPlaceOfItsOwn() {
    properties.put("slipway.ftp.tls", "off");
    assertThat(settings().get(FtpSettings.TLS_IMPLICIT_PORT)).isEmpty();
    environment.put("SLIPWAY_FTP_TLS_IMPLICIT_PORT", "990");
    assertThatThrownBy(this::settings)
        .isInstanceOf(BadSettingException.class)
        .hasMessage(
            "slipway.ftp.tls.implicit-port (ENVIRONMENT) has the value \"990\" while slipway.ftp.tls"
                + " (SYSTEM_PROPERTY) is \"off\"; allowed: off, unless slipway.ftp.tls is optional or"
                + " required");
    properties.put("slipway.ftp.tls", "required");
    assertThat(settings().get(FtpSettings.TLS_IMPLICIT_PORT)).contains(990);
    properties.put("slipway.ftp.port", "990");
    assertThatThrownBy(this::settings)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("slipway.ftp.port (SYSTEM_PROPERTY) is \"990\"");
  }

  @Test
  void whatContradictsThePortForImplicitTlsIsNotSaved() {
    Settings settings = settings();
    settings.checkStorable(FtpSettings.TLS, "off");
    settings.checkStorable(FtpSettings.TLS_IMPLICIT_PORT, "990");
    settings.useStored(Map.of("slipway.ftp.tls.implicit-port", "990"));
    assertThatThrownBy(() -> settings.checkStorable(FtpSettings.TLS, "off"))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining("slipway.ftp.tls (DATABASE) is \"off\"");
    settings.checkStorable(FtpSettings.TLS, "required");
    assertThatThrownBy(() -> settings.checkStorable(FtpSettings.PORT, "990"))
        .isInstanceOf(BadSettingException.class);
    settings.checkStorable(FtpSettings.TLS_IMPLICIT_PORT, "off");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.0.0/16=192.0.2.2",
    "10.2.2.3, 10.0.0.0/8=192.0.2.1",
    "10.1.9.9, 10.1.9.9/32=own",
    "192.168.1.1, 0.0.0.0/0=192.0.2.3"
  })
  void theSmallestNetworkOfAClientDecides(String client, String rule) {
    properties.put(
        "slipway.ftp.public-addresses",
        "10.0.0.0/8=192.0.2.1, 0.0.0.0/0=192.0.2.3,10.1.0.0/16=192.0.2.2 10.1.9.9=OWN");
    assertThat(settings().get(FtpSettings.PUBLIC_ADDRESSES).of(SettingText.address(client)))
        .hasToString("Optional[" + rule + "]");
    assertThat(settings().get(FtpSettings.PUBLIC_ADDRESSES).of(SettingText.address("::1")))
        .isEmpty();
  }

  @Test
  void durationsAndSizesHaveUnits() {
    assertThat(SettingText.duration("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(SettingText.size("1G")).isEqualTo(1L << 30);
    assertThat(SettingText.size("12k")).isEqualTo(12 << 10);
    assertThat(SettingText.size("8388607T")).isEqualTo(8_388_607L << 40);
  }

  @Test
  void whatIsKeptVeryLongIsKeptSinceTheEpoch() {
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    properties.put("slipway.audit.retention", "10d");
    assertThat(settings().keptSince(PortalSettings.AUDIT_RETENTION, now))
        .isEqualTo("2026-02-19T00:00:00Z");
    properties.put("slipway.audit.retention", "999999999d");
    assertThat(settings().keptSince(PortalSettings.AUDIT_RETENTION, now)).isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.0/24", "fd00::/8", "0.0.0.0/0", "10.1.2.3"})
  void aBlockContainsItsFirstAddress(String text) {
    CidrBlock block = CidrBlock.parse(text);
    assertThat(block.contains(block.base())).isTrue();
  }

  @Test
  void aBlockEndsWhereItsPrefixSays() {
    CidrBlock block = CidrBlock.parse("10.1.2.77/24");
    assertThat(block).hasToString("10.1.2.0/24");
    assertThat(block.contains(SettingText.address("10.1.2.255"))).isTrue();
    assertThat(block.contains(SettingText.address("10.1.3.0"))).isFalse();
    assertThat(block.contains(SettingText.address("::1"))).isFalse();
    assertThat(block.mask().getHostAddress()).isEqualTo("255.255.255.0");
  }

  @Test
  void everyBadValueIsNamedAtOnce() {
    properties.put("slipway.tftp.port", "70000");
    environment.put("SLIPWAY_BOOTP_REARM_AFTER", "soon");
    assertThatThrownBy(this::settings)
        .isInstanceOf(BadSettingException.class)
        .hasMessageContainingAll("slipway.tftp.port", "slipway.bootp.rearm-after")
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
        .hasLineCount(2);
  }

  private void assertPort(int port, SettingSource source) {
    Settings.Resolved<Integer> resolved = settings().resolve(PortalSettings.TFTP_PORT);
    assertThat(resolved.value()).isEqualTo(port);
    assertThat(resolved.source()).isEqualTo(source);
  }

  private Settings settings() {
    Settings settings = new Settings(properties::get, environment::get);
    settings.readFile();
    return settings;
  }
}
