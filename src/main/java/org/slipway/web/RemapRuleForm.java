package org.slipway.web;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;
import org.slipway.bootfiles.RemapRule;
import org.slipway.provisioning.HardwareAddress;

/** The fields of the dialog in which a remap rule is made or changed. */
public class RemapRuleForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private long revision = -1;
  private String name = "";
  private String pattern = "";
  private String network = "";
  private String device = "";
  private String architecture = "";
  private RemapRule.Action action = RemapRule.Action.REWRITE;
  private String target = "";
  private boolean proceed;
  private boolean unlessExists;
  private boolean enabled = true;

  static RemapRuleForm of(RemapRule r) {
    RemapRuleForm form = new RemapRuleForm();
    form.revision = r.revision();
    form.name = r.name();
    form.pattern = r.pattern();
    form.network = r.network().orElse("");
    form.device = r.device().orElse("");
    form.architecture =
        r.architecture().isPresent() ? String.valueOf(r.architecture().getAsInt()) : "";
    form.action = r.action();
    form.target = r.target();
    form.proceed = r.proceed();
    form.unlessExists = r.unlessExists();
    form.enabled = r.enabled();
    return form;
  }

  /** The rule that the fields say. */
  RemapRule read() {
    List<Violation> bad = new ArrayList<>();
    Optional<String> entered = Entered.text(device);
    Optional<HardwareAddress> mac = entered.flatMap(HardwareAddress::parse);
    if (entered.isPresent() && mac.isEmpty()) {
      bad.add(
          new Violation(
              "device", "hardwareAddress.pattern", "Six octets, such as 52:54:00:12:34:56"));
    }
    OptionalInt kind = OptionalInt.empty();
    try {
      kind = Entered.text(architecture).stream().mapToInt(Integer::parseInt).findFirst();
    } catch (NumberFormatException e) {
      bad.add(new Violation("architecture", "rule.architecture", "A number from 0 to 65535"));
    }
    if (!bad.isEmpty()) {
      throw new InvalidInputException(bad);
    }
    return new RemapRule(
        name.strip(),
        0,
        pattern.strip(),
        Entered.text(network),
        mac.map(HardwareAddress::text),
        kind,
        action,
        action == RemapRule.Action.DENY ? "" : target.strip(),
        proceed,
        unlessExists,
        enabled,
        0);
  }

  public boolean isFresh() {
    return revision < 0;
  }

  long revision() {
    return revision;
  }

  public boolean isDenies() {
    return action == RemapRule.Action.DENY;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getPattern() {
    return pattern;
  }

  public void setPattern(String pattern) {
    this.pattern = pattern;
  }

  public String getNetwork() {
    return network;
  }

  public void setNetwork(String network) {
    this.network = network;
  }

  public String getDevice() {
    return device;
  }

  public void setDevice(String device) {
    this.device = device;
  }

  public String getArchitecture() {
    return architecture;
  }

  public void setArchitecture(String architecture) {
    this.architecture = architecture;
  }

  public RemapRule.Action getAction() {
    return action;
  }

  public void setAction(RemapRule.Action action) {
    this.action = action;
  }

  public String getTarget() {
    return target;
  }

  public void setTarget(String target) {
    this.target = target == null ? "" : target;
  }

  public boolean isProceed() {
    return proceed;
  }

  public void setProceed(boolean proceed) {
    this.proceed = proceed;
  }

  public boolean isUnlessExists() {
    return unlessExists;
  }

  public void setUnlessExists(boolean unlessExists) {
    this.unlessExists = unlessExists;
  }

  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }
}
