package org.slipway.provisioning;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.slipway.accounts.OnConflict;
import org.slipway.audit.Who;
import org.slipway.leases.TftpRules;
import org.slipway.portal.MovableClock;
import org.slipway.portal.PortalParts;
import org.slipway.storage.VirtualPath;

/**
 * A portal with one device, one manifest of two files and a list, and a clock that the test moves.
 */
abstract class SequenceFixture {
  static final HardwareAddress MAC = new HardwareAddress("52:54:00:00:00:01");
  static final String ADDRESS = "10.0.0.11";

  @TempDir Path folder;
  final MovableClock clock = new MovableClock();
  PortalParts portal;
  int xid;

  @BeforeEach
  void open() {
    portal = PortalParts.open(folder, clock, Map.of());
    store("one.bin", "first");
    store("two.bin", "second");
    portal.user("lab", "a long password", Optional.empty());
    manifest(Manifest.Advance.DELIVERY, Manifest.End.SILENCE, "one.bin", "two.bin", "m.rc");
    device(true, Optional.of("m"));
  }

  @AfterEach
  void close() {
    portal.close();
  }

  void complete() {
    for (String file : List.of("one.bin", "two.bin", "m.rc")) {
      ask();
      fetch(file);
    }
  }

  String ask() {
    return ask(MAC);
  }

  String ask(HardwareAddress mac) {
    return text(settled(request(mac, ++xid, "")));
  }

  BootDecision settled(BootRequest request) {
    BootDecision decision = portal.sequence.decide(request);
    if (decision instanceof BootDecision.Wait wait) {
      wait.settled().orTimeout(5, TimeUnit.SECONDS).join();
      return portal.sequence.decideNow(request);
    }
    return decision;
  }

  BootDecision.Offer offer(BootRequest request) {
    return (BootDecision.Offer) settled(request);
  }

  static BootRequest request(int xid, String file) {
    return request(MAC, xid, file);
  }

  static BootRequest request(HardwareAddress mac, int xid, String file) {
    return new BootRequest(
        mac,
        xid,
        Optional.empty(),
        Optional.empty(),
        new InetSocketAddress(PortalParts.address("127.0.0.1"), 68),
        file);
  }

  static String text(BootDecision decision) {
    return switch (decision) {
      case BootDecision.Offer o -> o.file();
      case BootDecision.Silence s -> s.reason().name();
      case BootDecision.Wait w -> "WAIT";
    };
  }

  BootContent.BootTransfer open(String path) {
    return portal.content.open("TFTP", PortalParts.address(ADDRESS), VirtualPath.parse(path));
  }

  void fetch(String path) {
    try (BootContent.BootTransfer t = open(path)) {
      t.lastBlockSent();
      t.delivered();
    }
  }

  String read(String path) {
    try (BootContent.BootTransfer t = open(path)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) t.size());
      t.read(buffer, 0);
      return new String(buffer.array(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  void store(String name, String text) {
    try (var upload =
        portal
            .areas
            .bootFiles()
            .upload(VirtualPath.parse(name), OnConflict.OVERWRITE, Optional.empty(), true)) {
      upload.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      upload.publish();
    }
  }

  void device(boolean enabled, Optional<String> manifest) {
    put(
        new Device(
            MAC,
            "d",
            Optional.of(PortalParts.address(ADDRESS)),
            manifest,
            Optional.empty(),
            enabled,
            Map.of(),
            Map.of(),
            TftpRules.NONE,
            0));
  }

  void put(Device device) {
    portal.devices.put(device, OptionalLong.empty(), Who.SYSTEM);
  }

  void manifest(Manifest.Advance advance, Manifest.End end, String... steps) {
    portal.manifests.put(
        draft(advance, end, Manifest.Rearm.SILENCE, steps), OptionalLong.empty(), Who.SYSTEM);
  }

  static ManifestDraft draft(
      Manifest.Advance advance, Manifest.End end, Manifest.Rearm rearm, String... steps) {
    boolean list = List.of(steps).contains("m.rc");
    return new ManifestDraft(
        "m",
        "",
        Optional.of("lab"),
        advance,
        end,
        rearm,
        Optional.empty(),
        java.util.Arrays.stream(steps).map(Manifest.Step::new).toList(),
        list
            ? List.of(new Manifest.ListedFile("rootfs", "images/rootfs.img", Optional.empty()))
            : List.of());
  }
}
