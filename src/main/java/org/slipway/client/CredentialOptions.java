package org.slipway.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * Who logs in, and where the password comes from: never an argument, because every user of a
 * machine can see those.
 */
final class CredentialOptions {
  @Option(names = "--user", paramLabel = "U", description = "Name of the account.")
  private String user;

  @ArgGroup(exclusive = true)
  private Source source = new Source();

  private Credentials resolved;

  /** Without any of them the password is asked for. */
  static final class Source {
    @Option(
        names = "--password-env",
        paramLabel = "NAME",
        description = "Environment variable that holds the password.")
    private String variable;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "File whose first line is the password.")
    private Path file;
  }

  /** Said before anything is sent: a mistake should not show after half the work. */
  void check() {
    if (source.variable != null && System.getenv(source.variable) == null) {
      throw usage(Text.of("The environment variable %s is not set.", source.variable));
    }
    if (source.file != null && !Files.isReadable(source.file)) {
      throw usage(Text.of("The password file %s cannot be read.", source.file));
    }
    if (user != null && isAskedFor() && !hasTerminal()) {
      throw usage(
          Text.of(
              "There is no terminal to ask for the password on:"
                  + " give --password-env or --password-file."));
    }
  }

  private boolean isAskedFor() {
    return source.variable == null && source.file == null;
  }

  static boolean hasTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Where nobody is named, a terminal is asked. */
  Credentials resolveOrAsk() {
    if (user == null && hasTerminal()) {
      user = System.console().readLine("%s", Text.of("User: "));
    }
    if (user == null || user.isBlank()) {
      throw usage(Text.of("Give the account with --user."));
    }
    return new Credentials(user, password());
  }

  /** Of an account that is to be: what is typed is typed twice. */
  Credentials resolveNew() {
    if (user == null || user.isBlank()) {
      throw usage(Text.of("Give the account with --user."));
    }
    char[] password = password();
    if (isAskedFor()) {
      char[] again = System.console().readPassword("%s", Text.of("The same password once more: "));
      if (!Arrays.equals(password, again)) {
        throw usage(Text.of("The two passwords are not the same."));
      }
    }
    return new Credentials(user, password);
  }

  /** Where nobody is named, the list that somebody is needed for is. */
  Credentials resolveFor(String list) {
    if (user == null) {
      throw usage(
          Text.of(
              "The file list \"%s\" names files that need a login: give the account with --user, and"
                  + " its password with --password-env or --password-file.",
              Printable.of(list)));
    }
    return resolve();
  }

  /** Of the account that is named; a password that has to be typed is asked for once. */
  Credentials resolve() {
    if (resolved == null) {
      resolved = new Credentials(user, password());
    }
    return resolved;
  }

  boolean namesUser() {
    return user != null;
  }

  /** Empty where nobody is named. */
  Optional<Credentials> resolveIfNamed() {
    return Optional.ofNullable(user).map(name -> resolve());
  }

  private char[] password() {
    if (source.variable != null) {
      return System.getenv(source.variable).toCharArray();
    }
    return source.file != null ? firstLine(source.file) : prompt();
  }

  private static char[] firstLine(Path file) {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.findFirst().orElse("").toCharArray();
    } catch (IOException e) {
      throw usage(Text.of("The password file %s cannot be read.", file));
    }
  }

  private char[] prompt() {
    char[] typed = System.console().readPassword("%s", Text.of("Password of %s: ", user));
    return typed == null ? new char[0] : typed;
  }

  private static CommandFailedException usage(String sentence) {
    return new CommandFailedException(ExitCode.USAGE, sentence);
  }
}
