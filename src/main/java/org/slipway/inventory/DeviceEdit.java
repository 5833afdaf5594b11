package org.slipway.inventory;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slipway.leases.TftpRules;
import org.slipway.provisioning.Device;

/** What an entry says of a device; what it does not say stays as it is. */
final class DeviceEdit {
  private UnaryOperator<String> name = UnaryOperator.identity();
  private UnaryOperator<Optional<InetAddress>> address = UnaryOperator.identity();
  private UnaryOperator<Optional<String>> manifest = UnaryOperator.identity();
  private UnaryOperator<Optional<String>> bootFile = UnaryOperator.identity();
  private UnaryOperator<Boolean> enabled = UnaryOperator.identity();
  private UnaryOperator<Map<String, String>> variables = UnaryOperator.identity();
  private UnaryOperator<Map<String, String>> options = UnaryOperator.identity();
  private UnaryOperator<TftpRules> tftp = UnaryOperator.identity();

  DeviceEdit copy() {
    DeviceEdit copy = new DeviceEdit();
    copy.name = name;
    copy.address = address;
    copy.manifest = manifest;
    copy.bootFile = bootFile;
    copy.enabled = enabled;
    copy.variables = variables;
    copy.options = options;
    copy.tftp = tftp;
    return copy;
  }

  void name(String said) {
    name = old -> said;
  }

  void address(Optional<InetAddress> said) {
    address = old -> said;
  }

  void manifest(Optional<String> said) {
    manifest = old -> said;
  }

  void bootFile(Optional<String> said) {
    bootFile = old -> said;
  }

  void enabled(boolean said) {
    enabled = old -> said;
  }

  /** Exactly these. */
  void variables(Map<String, String> said) {
    variables = old -> said;
  }

  /** Exactly these. */
  void options(Map<String, String> said) {
    options = old -> said;
  }

  /** This one beside the others. */
  void variable(String key, String value) {
    variables = with(variables, key, value);
  }

  /** This one beside the others. */
  void option(String key, String value) {
    options = with(options, key, value);
  }

  /** Changes one of the rules, in the order of the calls. */
  void tftp(UnaryOperator<TftpRules> change) {
    UnaryOperator<TftpRules> before = tftp;
    tftp = old -> change.apply(before.apply(old));
  }

  private static UnaryOperator<Map<String, String>> with(
      UnaryOperator<Map<String, String>> before, String key, String value) {
    return old -> {
      Map<String, String> now = new HashMap<>(before.apply(old));
      now.put(key, value);
      return now;
    };
  }

  Device appliedTo(Device old) {
    return new Device(
        old.hardwareAddress(),
        name.apply(old.name()),
        address.apply(old.address()),
        manifest.apply(old.manifest()),
        bootFile.apply(old.bootFile()),
        enabled.apply(old.enabled()),
        variables.apply(old.variables()),
        options.apply(old.options()),
        tftp.apply(old.tftp()),
        old.revision());
  }
}
