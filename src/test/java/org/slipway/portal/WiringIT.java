package org.slipway.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import java.net.URL;
import java.sql.SQLException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slipway.listeners.ListenerStatus;
import org.slipway.listeners.ListenerSupervisor;

/** The WAR inside its container: whose classes it runs on, and that its parts find each other. */
@ExtendWith(ArquillianExtension.class)
class WiringIT {

  @Inject private Jdbi database;
  @Inject private ListenerSupervisor listeners;

  @Deployment
  static WebArchive portal() {
    return PortalArchive.with(WiringIT.class);
  }

  /** Payara Micro brings an H2 of its own, older, and with other habits on a power cut. */
  @Test
  void databaseIsTheH2OfTheWar() throws SQLException {
    String product =
        database.withHandle(
            handle -> handle.getConnection().getMetaData().getDatabaseProductVersion());
    assertTrue(product.startsWith("2.5."), product);
    assertIsOfTheWar("org.h2.Driver");
  }

  @Test
  void librariesAreThoseOfTheWar() {
    assertIsOfTheWar("com.fasterxml.jackson.databind.ObjectMapper");
    assertIsOfTheWar("org.slf4j.LoggerFactory");
    assertIsOfTheWar("org.primefaces.util.Constants");
    assertIsOfTheWar("io.micrometer.core.instrument.MeterRegistry");
  }

  private static void assertIsOfTheWar(String type) {
    try {
      URL from = Class.forName(type).getProtectionDomain().getCodeSource().getLocation();
      assertTrue(from.getPath().contains("/WEB-INF/lib/"), type + " is from " + from);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void clientAndItsLibrariesAreNotInTheWar() {
    assertIsMissing("org.slipway.client.Main");
    assertIsMissing("picocli.CommandLine");
    assertIsMissing("org.apache.commons.net.ftp.FTPClient");
  }

  private static void assertIsMissing(String type) {
    try {
      throw new AssertionError("is there: " + Class.forName(type));
    } catch (ClassNotFoundException expected) {
      assertEquals(type, expected.getMessage().split(" ")[0]);
    }
  }

  @Test
  void everyProtocolHasItsListener() {
    assertNotNull(listeners);
    assertEquals(3, listeners.statuses().size());
    for (ListenerStatus status : listeners.statuses()) {
      assertEquals(ListenerStatus.State.STOPPED, status.state(), status.toString());
    }
  }

  /** The container's default would leave out every device that speaks IPv6. */
  @Test
  void bothFamiliesOfAddressesAreServed() {
    assertFalse(Boolean.getBoolean("java.net.preferIPv4Stack"));
  }
}
