package org.slipway.client;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Options that the user does not want to repeat: {@code NAME.properties} among what the client
 * remembers, with a line for each option without its hyphens, {@code host} for the server, and
 * {@code COMMAND.option} where only one command is meant.
 */
final class Profile implements IDefaultValueProvider {
  private static final String OPTION = "--profile";

  private final Map<String, String> values;

  private Profile(Map<String, String> values) {
    this.values = values;
  }

  /** The one that the command line names; one that says nothing if it names none. */
  static Profile of(List<String> arguments) {
    Optional<String> name = named(arguments);
    if (name.isEmpty()) {
      return new Profile(Map.of());
    }
    if (!name.get().matches("[A-Za-z0-9._-]+")) {
      throw missing(name.get());
    }
    try {
      List<String> lines =
          ConfigFolder.lines(name.get() + ".properties").orElseThrow(() -> missing(name.get()));
      Properties properties = new Properties();
      properties.load(new StringReader(String.join("\n", lines)));
      Map<String, String> values = new TreeMap<>();
      properties.forEach((key, value) -> values.put(key.toString(), value.toString().strip()));
      return new Profile(values);
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          Text.of("The profile %s cannot be read: %s.", name.get(), IoProblem.text(e)),
          e);
    }
  }

  private static CommandFailedException missing(String name) {
    return new CommandFailedException(
        ExitCode.USAGE,
        Text.of(
            "There is no profile \"%s\": it would be the file %s.",
            Printable.of(name), ConfigFolder.path().resolve(Printable.of(name) + ".properties")));
  }

  private static Optional<String> named(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(OPTION + "=")) {
        return Optional.of(argument.substring(OPTION.length() + 1));
      }
      if (argument.equals(OPTION) && i + 1 < arguments.size()) {
        return Optional.of(arguments.get(i + 1));
      }
    }
    return Optional.empty();
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    String key =
        switch (argument) {
          case OptionSpec option -> option.longestName().replaceFirst("^-+", "");
          case PositionalParamSpec parameter -> onlyHost(parameter) ? "host" : null;
          default -> null;
        };
    String command = argument.command().name();
    return key == null ? null : values.getOrDefault(command + "." + key, values.get(key));
  }

  /** Where more is to be named, nobody could tell what was left out. */
  private static boolean onlyHost(PositionalParamSpec parameter) {
    return parameter.command().positionalParameters().size() == 1;
  }
}
