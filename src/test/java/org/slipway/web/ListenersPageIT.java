package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.By.cssSelector;
import static org.openqa.selenium.By.id;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.slipway.portal.Browser;
import org.slipway.portal.RunningPortal;

/** The listeners as a person sees them. */
class ListenersPageIT {
  private final RunningPortal portal = RunningPortal.shared();

  @Test
  void whatGotNoAnswerIsCountedByReason() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(
              new byte[1], 1, new InetSocketAddress("127.0.0.1", portal.bootpPort())));
    }
    try (Browser browser = Browser.open("en")) {
      browser
          .go(portal.url("/signin.xhtml"))
          .type(id("signin:username"), RunningPortal.ADMIN_USERNAME)
          .type(id("signin:password"), RunningPortal.ADMIN_PASSWORD)
          .click(id("signin:submit"));
      browser.see(id("ownName"));
      browser.go(portal.url("/listeners/listeners.xhtml"));
      browser.await(
          ExpectedConditions.textToBePresentInElementLocated(
              cssSelector("#listener-bootp .unanswered"), "The packet could not be read"));
      assertThat(browser.driver().findElements(cssSelector("#listener-tftp .unanswered")))
          .isEmpty();
      browser.screenshot("listeners");
      assertThat(browser.seriousFindings()).isEmpty();
    }
  }
}
