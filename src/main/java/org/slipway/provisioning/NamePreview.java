package org.slipway.provisioning;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.bootfiles.BootFile;
import org.slipway.storage.VirtualPath;

/** What a client would get for a name, and why, rule by rule. Asking changes nothing. */
@Singleton
public final class NamePreview {
  /** In bytes of UTF-8. */
  private static final int MOST_SHOWN = 64 << 10;

  private final BootNames names;
  private final RunBook runs;

  @Inject
  public NamePreview(BootNames names, RunBook runs) {
    this.names = names;
    this.runs = runs;
  }

  /** One rule that was looked at. */
  public record Rule(String rule, boolean matched, String text) {}

  /**
   * The answer.
   *
   * @param path of the file that the name stands for; empty where a rule says no
   * @param size in bytes of what would be sent; 0 where nothing would
   * @param template whether it is rendered for this client
   * @param text of what is rendered, its beginning
   * @param truncated whether the text goes on
   * @param refusal why nothing is sent
   */
  public record Preview(
      String name,
      Optional<HardwareAddress> device,
      Optional<String> path,
      boolean exists,
      long size,
      boolean template,
      Optional<String> text,
      boolean truncated,
      Optional<Refusal> refusal,
      List<Rule> rules) {}

  public Preview of(Device device, String name) {
    return preview(names.client(device), name);
  }

  /** For an address, whether or not a device has it. */
  public Preview of(InetAddress address, String name) {
    return preview(names.client(address), name);
  }

  private Preview preview(BootNames.Client client, String name) {
    List<Rule> looked = new ArrayList<>();
    Optional<VirtualPath> path = Optional.empty();
    try {
      names.requireServed(client);
      VirtualPath asked = VirtualPath.parse(name.replace('\\', '/'));
      if (asked.isRoot()) {
        throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "The root is a folder");
      }
      path =
          Optional.of(
              names.resolve(
                  client,
                  asked,
                  (rule, matched, text) -> looked.add(new Rule(rule, matched, text.get()))));
      return opened(client, name, asked, path.get(), looked);
    } catch (RefusedException e) {
      return new Preview(
          name,
          client.device().map(Device::hardwareAddress),
          path.map(VirtualPath::relative),
          path.flatMap(names.files()::facts).isPresent(),
          0,
          path.filter(names.files()::isTemplate).isPresent(),
          Optional.empty(),
          false,
          Optional.of(e.refusal()),
          List.copyOf(looked));
    }
  }

  private Preview opened(
      BootNames.Client client,
      String name,
      VirtualPath asked,
      VirtualPath path,
      List<Rule> looked) {
    Optional<OpenRun> run = client.device().flatMap(d -> runs.current(d.hardwareAddress()));
    BootNames.Opened opened = names.open(client, run, asked, path, true);
    BootFile file = opened.file();
    try {
      boolean rendered = file instanceof BootFile.Rendered;
      return new Preview(
          name,
          client.device().map(Device::hardwareAddress),
          Optional.of(opened.path().relative()),
          true,
          file.size(),
          rendered && names.files().isTemplate(opened.path()),
          rendered ? Optional.of(beginning(file)) : Optional.empty(),
          rendered && file.size() > MOST_SHOWN,
          Optional.empty(),
          List.copyOf(looked));
    } finally {
      file.close();
    }
  }

  private static String beginning(BootFile file) {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), MOST_SHOWN));
    try {
      file.read(bytes, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }
}
