package org.slipway.ftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slipway.accounts.Permission;

/** The files of a {@link WeakServer} as one of its sessions uses them. */
final class WeakFiles {
  private final WeakServer server;
  private Path renamed;
  private Path looked;

  WeakFiles(WeakServer server) {
    this.server = server;
  }

  /** A path that led into the home a moment ago. */
  private Path at(String name) throws IOException {
    Path path = server.home().resolve(name);
    Path parent = path.getParent();
    if (!parent.toRealPath().startsWith(server.home().toRealPath())
        || !server.is(Weakness.RESOLVES_THEN_OPERATES) && Files.isSymbolicLink(parent)) {
      throw new IOException("outside");
    }
    // Something always lies between the look and the use.
    Thread.yield();
    return path;
  }

  private boolean lacks(Permission permission) {
    return !server.permitted.contains(permission);
  }

  /** Of a command that somebody forgot. */
  private boolean siblingLacks(Permission permission) {
    return lacks(permission) && !server.is(Weakness.FORGETS_SIBLINGS);
  }

  /** Looks where a transfer leads, and why it does not begin; empty if it does. */
  String objection(String verb, String name) {
    boolean exists = Files.exists(server.home().resolve(name));
    boolean refused =
        switch (verb) {
          case "RETR" -> !exists || lacks(Permission.READ);
          case "LIST" -> lacks(Permission.LIST);
          case "NLST" -> siblingLacks(Permission.LIST);
          case "STOR" -> lacks(Permission.WRITE) || exists && lacks(Permission.OVERWRITE);
          case "APPE" -> lacks(Permission.WRITE) || exists && siblingLacks(Permission.OVERWRITE);
          default -> siblingLacks(Permission.WRITE);
        };
    try {
      if (!refused && verb.equals("STOR") && !siblingLacks(Permission.MAKE_FOLDER)) {
        Files.createDirectories(server.home().resolve(name).getParent());
      }
      looked = refused || verb.matches("LIST|NLST") ? server.home() : at(name);
      return refused ? "550 No." : "";
    } catch (IOException e) {
      return "550 No.";
    }
  }

  byte[] read() throws IOException {
    return Files.readAllBytes(looked);
  }

  void write(String verb, byte[] content) throws IOException {
    switch (verb) {
      case "APPE" ->
          Files.write(looked, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      case "STOU" -> Files.write(looked.resolveSibling(looked.getFileName() + ".1"), content);
      default -> Files.write(looked, content);
    }
  }

  byte[] list(String name) throws IOException {
    StringBuilder out = new StringBuilder();
    boolean pattern = name.matches(".*[*?{\\[].*");
    Path folder = pattern || name.isEmpty() ? server.home() : at(name);
    List<String> names = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.forEach(e -> names.add(e.getFileName().toString()));
    }
    if (pattern && server.is(Weakness.BACKTRACKS)) {
      List<String> matching = new ArrayList<>();
      expand(name, names, matching);
      names.retainAll(matching);
    }
    names.forEach(n -> out.append(n).append("\r\n"));
    return out.toString().getBytes();
  }

  /** Each way to read the braces is tried. */
  private void expand(String pattern, List<String> names, List<String> matching) {
    int end = pattern.indexOf('}');
    int begin = end < 0 ? -1 : pattern.lastIndexOf('{', end);
    if (begin >= 0) {
      for (String choice : pattern.substring(begin + 1, end).split(",", -1)) {
        expand(pattern.substring(0, begin) + choice + pattern.substring(end + 1), names, matching);
      }
      return;
    }
    Pattern regex = Pattern.compile(pattern.replace("*", ".*").replace("?", "."));
    names.stream().filter(n -> regex.matcher(new Watched(n)).matches()).forEach(matching::add);
  }

  /** A name whose reader ends with the server, which no regular expression would by itself. */
  private final class Watched implements CharSequence {
    private final String name;

    Watched(String name) {
      this.name = name;
    }

    @Override
    public char charAt(int index) {
      if (server.closed) {
        throw new IllegalStateException("closed");
      }
      return name.charAt(index);
    }

    @Override
    public int length() {
      return name.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return name.substring(start, end);
    }
  }

  /** Everything without a data connection. */
  String change(String verb, String argument) {
    try {
      return changed(verb, argument);
    } catch (IOException e) {
      return "550 No.";
    }
  }

  private String changed(String verb, String argument) throws IOException {
    return switch (verb) {
      case "DELE" -> {
        if (lacks(Permission.DELETE)) {
          yield "550 No.";
        }
        Files.delete(at(argument));
        yield "250 Gone.";
      }
      case "RMD" -> {
        if (siblingLacks(Permission.DELETE)) {
          yield "550 No.";
        }
        Files.delete(at(argument));
        yield "250 Gone.";
      }
      case "MKD" -> {
        if (lacks(Permission.MAKE_FOLDER)) {
          yield "550 No.";
        }
        Files.createDirectory(at(argument));
        yield "257 \"/\"";
      }
      case "RNFR" -> {
        renamed = at(argument);
        yield "350 To what?";
      }
      case "RNTO" -> rename(argument, lacks(Permission.RENAME));
      case "SITE" ->
          argument.startsWith("RNTO ")
              ? rename(argument.substring(5), siblingLacks(Permission.RENAME))
              : changed(argument.split(" ")[0], argument.substring(argument.indexOf(' ') + 1));
      case "HASH" -> siblingLacks(Permission.READ) ? "550 No." : "213 " + digest(argument);
      case "MFMT" -> touch(argument.split(" ", 2)[1]);
      default -> "500 Unknown.";
    };
  }

  private String rename(String to, boolean lacking) throws IOException {
    boolean replaces = Files.exists(server.home().resolve(to));
    if (lacking || replaces && siblingLacks(Permission.OVERWRITE)) {
      return "550 No.";
    }
    Files.move(renamed, at(to), StandardCopyOption.REPLACE_EXISTING);
    return "250 Renamed.";
  }

  private String touch(String name) throws IOException {
    if (siblingLacks(Permission.OVERWRITE)) {
      return "550 No.";
    }
    Files.setLastModifiedTime(at(name), FileTime.from(Instant.EPOCH));
    return "213 Touched.";
  }

  private String digest(String name) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(at(name))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
