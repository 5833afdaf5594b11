package org.slipway.inventory;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slipway.accounts.RefusedException;
import org.slipway.database.JsonColumn;
import org.slipway.leases.TftpRulesColumn;
import org.slipway.provisioning.Device;

/**
 * The columns of devices as comma-separated values, in their order, as they are written and read.
 */
enum DeviceColumn {
  HARDWARE_ADDRESS(
      "hardwareAddress",
      Set.of("mac", "macaddress", "hwaddress", "ethernet"),
      d -> d.hardwareAddress().text(),
      (edit, cell) -> {}),
  NAME("name", Set.of("hostname", "host"), Device::name, DeviceEdit::name),
  ADDRESS(
      "address",
      Set.of("ip", "ipaddress", "ipv4"),
      d -> d.address().map(InetAddress::getHostAddress).orElse(""),
      (edit, cell) -> edit.address(said(cell).map(EntryText::address))),
  MANIFEST(
      "manifest",
      Set.of(),
      d -> d.manifest().orElse(""),
      (edit, cell) -> edit.manifest(said(cell))),
  BOOT_FILE(
      "bootFile",
      Set.of("file", "filename"),
      d -> d.bootFile().orElse(""),
      (edit, cell) -> edit.bootFile(said(cell))),
  ENABLED(
      "enabled",
      Set.of(),
      d -> String.valueOf(d.enabled()),
      (edit, cell) -> edit.enabled(truth(cell))),
  VARIABLES(
      "variables", Set.of(), d -> lines(d.variables()), (edit, cell) -> edit.variables(map(cell))),
  OPTIONS("options", Set.of(), d -> lines(d.options()), (edit, cell) -> edit.options(map(cell))),
  /** As one JSON object, since hardly anybody has them. */
  TFTP(
      "tftp",
      Set.of(),
      d -> Optional.ofNullable(TftpRulesColumn.write(d.tftp())).orElse(""),
      DeviceColumn::tftp);

  private final String title;
  private final Set<String> otherTitles;
  private final Function<Device, String> written;
  private final BiConsumer<DeviceEdit, String> reader;

  DeviceColumn(
      String title,
      Set<String> otherTitles,
      Function<Device, String> written,
      BiConsumer<DeviceEdit, String> reader) {
    this.title = title;
    this.otherTitles = otherTitles;
    this.written = written;
    this.reader = reader;
  }

  String title() {
    return title;
  }

  String of(Device device) {
    return written.apply(device);
  }

  /**
   * Takes over what a cell says; an empty one says that there is none.
   *
   * @throws UnreadableEntryException if it cannot be that
   */
  void read(DeviceEdit edit, String cell) {
    reader.accept(edit, cell);
  }

  /** The column of a heading, however it is spelled. */
  static Optional<DeviceColumn> headed(String heading) {
    String plain = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    for (DeviceColumn column : values()) {
      if (column.title.toLowerCase(Locale.ROOT).equals(plain)
          || column.otherTitles.contains(plain)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> said(String cell) {
    return Optional.of(cell.strip()).filter(c -> !c.isEmpty());
  }

  private static boolean truth(String cell) {
    return switch (cell.strip().toLowerCase(Locale.ROOT)) {
      case "", "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default ->
          throw new UnreadableEntryException("import.truth", "Neither true nor false: " + cell);
    };
  }

  private static void tftp(DeviceEdit edit, String cell) {
    Optional<String> rules = said(cell);
    if (rules.isPresent() && !rules.get().startsWith("{")) {
      throw new UnreadableEntryException("import.json", "Not a JSON object: " + cell);
    }
    try {
      var read = TftpRulesColumn.read(rules.orElse(null));
      edit.tftp(old -> read);
    } catch (IllegalStateException | RefusedException e) {
      throw new UnreadableEntryException("import.json", "No rules for TFTP: " + cell);
    }
  }

  /** One {@code name=value} a line; as JSON where a value would be read as another one. */
  private static String lines(Map<String, String> map) {
    boolean plain =
        map.values().stream().allMatch(v -> v.equals(v.strip()) && v.lines().count() <= 1);
    if (!plain) {
      return JsonColumn.of(new TreeMap<>(map));
    }
    StringBuilder text = new StringBuilder();
    new TreeMap<>(map)
        .forEach((k, v) -> text.append(text.isEmpty() ? "" : "\n").append(k).append('=').append(v));
    return text.toString();
  }

  private static Map<String, String> map(String cell) {
    if (cell.strip().startsWith("{")) {
      try {
        return JsonColumn.readMap(cell);
      } catch (IllegalStateException | NullPointerException e) {
        throw new UnreadableEntryException("import.json", "Not a JSON object of texts: " + cell);
      }
    }
    Map<String, String> map = new HashMap<>();
    for (String line : cell.split("\\R")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        map.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      } else if (!line.isBlank()) {
        throw new UnreadableEntryException("lines.pattern", "One name=value a line: " + line);
      }
    }
    return map;
  }
}
