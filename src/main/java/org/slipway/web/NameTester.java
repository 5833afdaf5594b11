package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.NamePreview;
import org.slipway.settings.SettingText;

/** "What would this client get for this name?", on the pages of rules, boot files and devices. */
@Named
@ViewScoped
public class NameTester implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "tester";

  @Inject private transient NamePreview previews;
  @Inject private transient Devices devices;
  @Inject private transient Me me;
  private String client = "";
  private String name = "";
  private transient NamePreview.Preview preview;

  public void test() {
    me.require(Action.MANAGE_BOOT_FILES);
    preview = null;
    Feedback.tried(FORM, () -> preview = asked());
  }

  /** For the page of a device, which is the client. */
  public void testFor(String mac) {
    client = mac;
    test();
  }

  private NamePreview.Preview asked() {
    if (name.isBlank()) {
      throw new InvalidInputException("asked", "rule.nothingAsked", "A name is needed");
    }
    Optional<HardwareAddress> mac = HardwareAddress.parse(client);
    if (mac.isPresent()) {
      Device device =
          devices
              .find(mac.get())
              .orElseThrow(() ->
                  new RefusedException(
                      Refusal.Kind.NO_SUCH_THING, "There is no device " + mac.get()));
      return previews.of(device, name.strip());
    }
    try {
      return previews.of(SettingText.address(client.strip()), name.strip());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "client", "rule.client", "A hardware address or an address such as 10.0.0.11");
    }
  }

  public NamePreview.Preview getPreview() {
    return preview;
  }

  /** Why a rule applies or does not; written in English only. */
  public String detail(String text) {
    return Words.isEnglish() ? text : "";
  }

  /** Why nothing would be sent, in the reader's words. */
  public String getRefusal() {
    return preview == null ? "" : preview.refusal().map(Words::text).orElse("");
  }

  public String getClient() {
    return client;
  }

  public void setClient(String client) {
    this.client = client == null ? "" : client;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? "" : name;
  }
}
