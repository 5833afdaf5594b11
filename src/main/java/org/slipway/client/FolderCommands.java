package org.slipway.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commands of the shell that look at and change folders. */
final class FolderCommands {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());
  private static final String FOLDER_COLOUR = "\u001b[1;34m";
  private static final String PLAIN = "\u001b[0m";

  private FolderCommands() {}

  static void ls(FtpShell shell, List<String> words) throws IOException {
    String flags =
        words.stream()
            .filter(word -> word.matches("-[lStr1]+"))
            .collect(Collectors.joining())
            .replace("-", "");
    List<String> names = words.stream().filter(word -> !word.startsWith("-")).toList();
    List<RemoteEntry> entries = new ArrayList<>();
    for (String name : names.isEmpty() ? List.of(".") : names) {
      entries.addAll(entries(shell, name));
    }
    entries.sort(order(flags));
    for (RemoteEntry entry : entries) {
      shell.say(flags.indexOf('l') >= 0 ? longLine(shell, entry) : shown(shell, entry));
    }
    shell.json("ls", "entries", entries);
  }

  private static List<RemoteEntry> entries(FtpShell shell, String name) throws IOException {
    return RemotePath.isGlob(name)
        ? RemoteGlob.entries(shell, name)
        : shell.session().list(shell.remote(name));
  }

  private static Comparator<RemoteEntry> order(String flags) {
    Comparator<RemoteEntry> order = Comparator.comparing(RemoteEntry::name);
    if (flags.indexOf('S') >= 0) {
      order = Comparator.comparing(RemoteEntry::size).reversed().thenComparing(order);
    } else if (flags.indexOf('t') >= 0) {
      Comparator<RemoteEntry> time =
          Comparator.comparing(e -> e.time().orElse(java.time.Instant.EPOCH));
      order = time.reversed().thenComparing(order);
    }
    return flags.indexOf('r') >= 0 ? order.reversed() : order;
  }

  private static String longLine(FtpShell shell, RemoteEntry entry) {
    String size = entry.folder() ? "-" : "%,d".formatted(entry.size());
    String time = entry.time().map(TIME::format).orElse("-");
    return "%15s  %-16s  %s".formatted(size, time, shown(shell, entry));
  }

  private static String shown(FtpShell shell, RemoteEntry entry) {
    String name = Printable.of(entry.name());
    if (!entry.folder()) {
      return name;
    }
    return shell.output().colours() ? FOLDER_COLOUR + name + PLAIN + "/" : name + "/";
  }

  static void cd(FtpShell shell, List<String> words) throws IOException {
    shell.enter(words.isEmpty() ? "/" : shell.remote(words.getFirst()));
    shell.json("cd", "folder", shell.folder());
  }

  static void lcd(FtpShell shell, List<String> words) throws IOException {
    Path folder =
        words.isEmpty() ? Path.of(System.getProperty("user.home")) : shell.local(words.getFirst());
    if (!Files.isDirectory(folder)) {
      throw new IOException(Text.of("there is no folder %s here", folder));
    }
    shell.enterLocal(folder.toRealPath());
    shell.json("lcd", "folder", shell.localFolder().toString());
  }

  static void pwd(FtpShell shell, List<String> words) {
    shell.say(Text.of("there: %s", Printable.of(shell.folder())));
    shell.say(Text.of("here: %s", shell.localFolder()));
    shell.json(
        "pwd", "folders", Map.of("remote", shell.folder(), "local", "" + shell.localFolder()));
  }

  static void rm(FtpShell shell, List<String> words) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (String word : words) {
      for (String path : RemoteGlob.files(shell, word)) {
        shell.session().delete(path);
        deleted.add(path);
      }
    }
    shell.json("rm", "deleted", deleted);
  }

  static void mkdir(FtpShell shell, List<String> words) throws IOException {
    shell.session().makeFolder(shell.remote(words.getFirst()));
    shell.json("mkdir", "folder", shell.remote(words.getFirst()));
  }

  static void rmdir(FtpShell shell, List<String> words) throws IOException {
    shell.session().removeFolder(shell.remote(words.getFirst()));
    shell.json("rmdir", "folder", shell.remote(words.getFirst()));
  }

  static void mv(FtpShell shell, List<String> words) throws IOException {
    String from = shell.remote(words.getFirst());
    String to = shell.remote(words.getLast());
    shell.session().rename(from, to);
    shell.json("mv", "moved", Map.of("from", from, "to", to));
  }

  /** To a terminal without its control characters, to a pipe as it is. */
  static void cat(FtpShell shell, List<String> words) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    shell.session().print(shell.remote(words.getFirst()), content);
    String text = content.toString(StandardCharsets.UTF_8);
    if (shell.output().json()) {
      shell.json("cat", "content", text);
    } else {
      shell.output().out().print(shell.output().colours() ? lines(text) : text);
      shell.output().out().flush();
    }
  }

  private static String lines(String text) {
    return text.lines()
        .map(line -> line.replaceAll("[\\p{Cntrl}&&[^\\t]]", "?"))
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  static void site(FtpShell shell, List<String> words) throws IOException {
    reply(shell, "SITE " + String.join(" ", words));
  }

  static void reply(FtpShell shell, String command) throws IOException {
    List<String> lines = shell.session().command(command);
    lines.forEach(line -> shell.say(Printable.of(line)));
    shell.json(command.split(" ")[0].toLowerCase(java.util.Locale.ROOT), "reply", lines);
  }

  static void help(FtpShell shell, List<String> words) {
    List<ShellVerb> verbs =
        words.isEmpty() ? List.of(ShellVerb.values()) : List.of(ShellVerb.named(words.getFirst()));
    int width = verbs.stream().mapToInt(verb -> verb.syntax().length()).max().orElse(0);
    verbs.forEach(verb ->
        shell.say(
            verb.syntax() + " ".repeat(width - verb.syntax().length() + 2) + verb.description()));
    shell.json(
        "help",
        "commands",
        Stream.of(ShellVerb.values())
            .collect(
                Collectors.toMap(
                    ShellVerb::word, ShellVerb::description, (a, b) -> a, TreeMap::new)));
  }
}
