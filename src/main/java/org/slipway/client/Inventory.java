package org.slipway.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a provisioning has brought in so far; whole also after it failed half way. */
final class Inventory {
  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, MovedFile> listed = new LinkedHashMap<>();
  private InetAddress address;
  private long answeredAt;
  private String list;

  /**
   * A boot step that was fetched.
   *
   * @param offered its name as the server says it
   * @param server where it came from
   * @param local the address that it was fetched from; empty for any
   */
  record Step(
      MovedFile file, String offered, InetSocketAddress server, Optional<InetAddress> local) {
    Step verified() {
      return new Step(file.asVerified(), offered, server, local);
    }
  }

  void giveAddress(InetAddress given) {
    address = given;
    answeredAt = System.nanoTime();
  }

  /** What the server gave to the device; empty while nobody answered. */
  Optional<InetAddress> address() {
    return Optional.ofNullable(address);
  }

  /** When that was, by {@link System#nanoTime()}. */
  OptionalLong answeredAt() {
    return address == null ? OptionalLong.empty() : OptionalLong.of(answeredAt);
  }

  void add(Step step) {
    steps.put(step.file().name(), step);
  }

  void remove(Step step) {
    steps.remove(step.file().name());
  }

  Optional<Step> step(String name) {
    return Optional.ofNullable(steps.get(name));
  }

  /** In the order in which they came. */
  Collection<Step> steps() {
    return steps.values();
  }

  void follow(String listName) {
    list = listName;
  }

  /** Name of the file list; empty while there is none. */
  Optional<String> list() {
    return Optional.ofNullable(list);
  }

  void addListed(MovedFile file) {
    listed.put(file.name(), file);
  }

  List<MovedFile> files() {
    List<MovedFile> files = new ArrayList<>();
    steps.values().forEach(step -> files.add(step.file()));
    files.addAll(listed.values());
    return files;
  }
}
