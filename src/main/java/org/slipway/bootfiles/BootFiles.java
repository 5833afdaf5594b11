package org.slipway.bootfiles;

import com.google.re2j.Matcher;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;
import org.slipway.storage.FileAreas;
import org.slipway.storage.FileFacts;
import org.slipway.storage.OpenFile;
import org.slipway.storage.VirtualPath;

/** What a client gets for a name. Never touches the database on its way. */
@Singleton
public final class BootFiles {
  private final Settings settings;
  private final FileAreas areas;
  private final RemapRules rules;
  private final Templates templates;

  @Inject
  public BootFiles(Settings settings, FileAreas areas, RemapRules rules, Templates templates) {
    this.settings = settings;
    this.areas = areas;
    this.rules = rules;
    this.templates = templates;
  }

  /**
   * The path of the file that a name stands for, whether or not there is one.
   *
   * @throws RefusedException {@code NO_PERMISSION} by a rule, or because the file is another
   *     device's; {@code BAD_NAME} for a new name that cannot be
   */
  public VirtualPath resolve(BootClient client, VirtualPath asked, RuleTrace trace) {
    VirtualPath path = asked;
    for (ReadyRule ready : rules.inForce()) {
      Optional<VirtualPath> next = applied(ready, client, path, trace);
      if (next.isPresent()) {
        path = next.get();
        if (!ready.rule().proceed()) {
          break;
        }
      }
    }
    requireNotAnothers(client, path);
    return path;
  }

  private Optional<VirtualPath> applied(
      ReadyRule ready, BootClient client, VirtualPath path, RuleTrace trace) {
    RemapRule rule = ready.rule();
    Optional<String> excluded = ready.excludes(client);
    if (excluded.isPresent()) {
      trace.rule(rule.name(), false, excluded::get);
      return Optional.empty();
    }
    Optional<Matcher> matched = ready.pattern().match(path.relative());
    if (matched.isEmpty()) {
      trace.rule(rule.name(), false, () -> "Its pattern does not match " + path.relative());
      return Optional.empty();
    }
    if (rule.unlessExists() && facts(path).isPresent()) {
      trace.rule(rule.name(), false, () -> "There is a file " + path.relative());
      return Optional.empty();
    }
    if (rule.action() == RemapRule.Action.DENY) {
      trace.rule(rule.name(), true, () -> "It denies " + path.relative());
      throw new RefusedException(
          Refusal.Kind.NO_PERMISSION, "The rule " + rule.name() + " denies this name");
    }
    VirtualPath next = ready.rewrite(matched.get(), client);
    trace.rule(rule.name(), true, () -> path.relative() + " becomes " + next.relative());
    return Optional.of(next);
  }

  /** In a private folder each device has a folder of its own, named by its hardware address. */
  private void requireNotAnothers(BootClient client, VirtualPath path) {
    for (VirtualPath folder :
        settings.get(PortalSettings.BOOT_PRIVATE_FOLDERS).stream()
            .map(VirtualPath::parse)
            .toList()) {
      if (isIn(path, folder) && !isOwn(client, path, folder)) {
        throw new RefusedException(
            Refusal.Kind.NO_PERMISSION, "The folder " + folder + " is private to each device");
      }
    }
  }

  /** Some disks do not tell capitals apart. */
  private static boolean isIn(VirtualPath path, VirtualPath folder) {
    int depth = folder.segments().size();
    return path.segments().size() >= depth
        && String.join("/", path.segments().subList(0, depth)).equalsIgnoreCase(folder.relative());
  }

  private static boolean isOwn(BootClient client, VirtualPath path, VirtualPath folder) {
    int depth = folder.segments().size();
    return path.segments().size() > depth + 1
        && client.device().filter(mac -> isSpellingOf(mac, path.segments().get(depth))).isPresent();
  }

  private static boolean isSpellingOf(String mac, String folder) {
    return folder.equalsIgnoreCase(mac)
        || folder.equalsIgnoreCase(mac.replace(':', '-'))
        || folder.equalsIgnoreCase(mac.replace(":", ""));
  }

  /** What is known of a file; empty for a folder, and where there is nothing. */
  public Optional<FileFacts> facts(VirtualPath path) {
    return areas.bootFiles().stat(path).filter(f -> !f.folder());
  }

  public boolean isTemplate(VirtualPath path) {
    return templates.isTemplate(path);
  }

  /**
   * Opens a file, or renders it for the client where it is a template.
   *
   * @param path as {@link #resolve} has found it
   * @throws RefusedException {@code NO_SUCH_FILE}, {@code IS_A_FOLDER}; {@code NO_PERMISSION} for a
   *     template that cannot be rendered for this client
   */
  public BootFile open(BootClient client, VirtualPath path) {
    OpenFile file = areas.bootFiles().open(path);
    if (!templates.isTemplate(path)) {
      return new BootFile.Stored(file);
    }
    try (file) {
      if (client.device().isEmpty()) {
        throw new RefusedException(
            Refusal.Kind.NO_PERMISSION, "The template is rendered for known devices only");
      }
      return new BootFile.Rendered(TemplateText.render(content(file), client.variables().get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(OpenFile file) throws IOException {
    int length = (int) Math.min(file.size(), TemplateText.LARGEST_TEMPLATE + 1L);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.channel().read(bytes, bytes.position()) < 0) {
        throw new EOFException("the file was cut while it was read");
      }
    }
    return bytes.array();
  }
}
