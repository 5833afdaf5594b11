package org.slipway.client;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help in the user's language: what the annotations say in English is looked up as a whole. */
final class HelpTexts extends ResourceBundle {
  private final Map<String, String> descriptions = new HashMap<>();

  private HelpTexts(CommandSpec spec, Locale locale) {
    // What is looked up still has its variables.
    spec.interpolateVariables(false);
    for (OptionSpec option : spec.options()) {
      String english = String.join("", option.description());
      descriptions.put(option.longestName().replaceFirst("^-+", ""), Text.in(locale, english));
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      String english = String.join("", parameter.description());
      String key = "%s[%s]".formatted(parameter.paramLabel(), parameter.index());
      descriptions.put(key, Text.in(locale, english));
    }
    spec.interpolateVariables(true);
  }

  /** Translates a command and those below it. */
  static void translate(CommandLine commandLine, Locale locale) {
    if (!locale.getLanguage().equals("zh")) {
      return;
    }
    CommandSpec spec = commandLine.getCommandSpec();
    var usage = spec.usageMessage();
    usage.synopsisHeading(Text.in(locale, usage.synopsisHeading()));
    usage.commandListHeading(Text.in(locale, usage.commandListHeading()));
    usage.description(translated(usage.description(), locale));
    usage.footer(translated(usage.footer(), locale));
    commandLine.setResourceBundle(new HelpTexts(spec, locale));
    commandLine.getSubcommands().values().forEach(child -> translate(child, locale));
  }

  private static String[] translated(String[] lines, Locale locale) {
    return Stream.of(lines).map(line -> Text.in(locale, line)).toArray(String[]::new);
  }

  @Override
  protected Object handleGetObject(String key) {
    return descriptions.get(key);
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(descriptions.keySet());
  }
}
