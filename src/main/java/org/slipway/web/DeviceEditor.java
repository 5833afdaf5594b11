package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;
import org.slipway.provisioning.Device;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.HardwareAddress;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.Manifests;
import org.slipway.settings.SettingText;

/** The dialog in which a device is added or changed. */
@Named
@ViewScoped
public class DeviceEditor implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "deviceForm";
  private static final long NONE_YET = -1;

  @Inject private transient Devices devices;
  @Inject private transient Manifests manifests;
  @Inject private transient BootFileNames bootFileNames;
  @Inject private transient Me me;
  private boolean fresh = true;
  private long revision = NONE_YET;
  private String hardwareAddress = "";
  private String name = "";
  private String address = "";
  private String manifest = "";
  private String bootFile = "";
  private boolean enabled = true;
  private String variables = "";
  private String options = "";
  private TftpForm tftp = new TftpForm();

  public void add() {
    adopt("");
  }

  /** Begins with the hardware address of a device that was seen on the wire. */
  public void adopt(String mac) {
    fresh = true;
    revision = NONE_YET;
    hardwareAddress = mac;
    name = "";
    address = "";
    manifest = "";
    bootFile = "";
    enabled = true;
    variables = "";
    options = "";
    tftp = new TftpForm();
  }

  public void edit(String mac) {
    Device d = devices.find(new HardwareAddress(mac)).orElseThrow();
    fresh = false;
    revision = d.revision();
    hardwareAddress = mac;
    name = d.name();
    address = d.address().map(java.net.InetAddress::getHostAddress).orElse("");
    manifest = d.manifest().orElse("");
    bootFile = d.bootFile().orElse("");
    enabled = d.enabled();
    variables = Entered.lines(d.variables());
    options = Entered.lines(d.options());
    tftp = TftpForm.of(d.tftp());
  }

  public void save() {
    me.require(Action.MANAGE_DEVICES);
    if (Feedback.tried(FORM, () -> devices.put(entered(), OptionalLong.of(revision), me.who()))) {
      Feedback.done("saved");
    }
  }

  private Device entered() {
    List<Violation> violations = new ArrayList<>();
    Optional<HardwareAddress> mac = HardwareAddress.parse(hardwareAddress);
    if (mac.isEmpty()) {
      violations.add(
          new Violation(
              "hardwareAddress",
              "hardwareAddress.pattern",
              "Six octets, such as 52:54:00:12:34:56"));
    } else if (fresh && devices.find(mac.get()).isPresent()) {
      violations.add(
          new Violation(
              "hardwareAddress", "hardwareAddress.taken", "This device is there already"));
    }
    Optional<java.net.InetAddress> ip = Optional.empty();
    try {
      ip = Entered.text(address).map(SettingText::address);
    } catch (IllegalArgumentException e) {
      violations.add(
          new Violation("address", "address.pattern", "An IPv4 address such as 10.0.0.21"));
    }
    Map<String, String> variableMap = Entered.map("variables", variables, violations);
    Map<String, String> optionMap = Entered.map("options", options, violations);
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    return new Device(
        mac.orElseThrow(),
        name.strip(),
        ip,
        Entered.text(manifest),
        Entered.text(bootFile),
        enabled,
        variableMap,
        optionMap,
        tftp.read(),
        0);
  }

  public List<String> getManifests() {
    return manifests.all().stream().map(Manifest::name).sorted().toList();
  }

  /** Boot files whose path has what was typed. */
  public List<String> completeBootFile(String typed) {
    String part = typed.toLowerCase(Locale.ROOT);
    return bootFileNames.all().stream()
        .filter(f -> f.toLowerCase(Locale.ROOT).contains(part))
        .limit(20)
        .toList();
  }

  public TftpForm getTftp() {
    return tftp;
  }

  public boolean isFresh() {
    return fresh;
  }

  public String getHardwareAddress() {
    return hardwareAddress;
  }

  public void setHardwareAddress(String hardwareAddress) {
    this.hardwareAddress = hardwareAddress;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public String getManifest() {
    return manifest;
  }

  public void setManifest(String manifest) {
    this.manifest = manifest;
  }

  public String getBootFile() {
    return bootFile;
  }

  public void setBootFile(String bootFile) {
    this.bootFile = bootFile;
  }

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public String getVariables() {
    return variables;
  }

  public void setVariables(String variables) {
    this.variables = variables;
  }

  public String getOptions() {
    return options;
  }

  public void setOptions(String options) {
    this.options = options;
  }
}
