package org.slipway.bootfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Refusal;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.VirtualPath;

/** The new name that a rule gives: text, {@code $1} for a group, {@code {{mac}}} for a variable. */
final class RuleTarget {
  private static final int LONGEST = 500;

  private final List<Piece> pieces;

  private RuleTarget(List<Piece> pieces) {
    this.pieces = pieces;
  }

  private sealed interface Piece {
    record Text(String text) implements Piece {}

    record Group(int number) implements Piece {}

    record Variable(String name) implements Piece {}
  }

  /**
   * @param groups how many the pattern has
   * @throws InvalidInputException for the field {@code target}
   */
  static RuleTarget parse(String text, int groups) {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw bad("1 to " + LONGEST + " characters");
    }
    RuleTarget target = new RuleTarget(pieces(text, groups));
    try {
      target.path(n -> "x", v -> Optional.of("x"));
    } catch (RefusedException e) {
      throw bad(e.refusal().detail());
    }
    return target;
  }

  private static List<Piece> pieces(String text, int groups) {
    List<Piece> found = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '$') {
        found.add(dollar(text, at, groups));
        at += 2;
      } else if (text.startsWith("{{", at)) {
        int end = text.indexOf("}}", at);
        found.add(new Piece.Variable(variable(text, at, end)));
        at = end + 2;
      } else {
        found.add(new Piece.Text(String.valueOf(c)));
        at++;
      }
    }
    return List.copyOf(found);
  }

  private static Piece dollar(String text, int at, int groups) {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (next == '$') {
      return new Piece.Text("$");
    }
    if (next < '0' || next > '9' || next - '0' > groups) {
      throw bad("$ is followed by the number of a group, here 0 to " + Math.min(9, groups));
    }
    return new Piece.Group(next - '0');
  }

  private static String variable(String text, int begin, int end) {
    String name = end < 0 ? "" : text.substring(begin + 2, end).strip();
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw bad("{{ and }} stand around the name of a variable");
    }
    return name;
  }

  private static InvalidInputException bad(String message) {
    return new InvalidInputException("target", "target.bad", message);
  }

  /**
   * @param group what each group matched; null where it matched nothing
   * @throws RefusedException {@code NO_PERMISSION} for a variable that the client does not have,
   *     {@code BAD_NAME} for a result that is no path
   */
  VirtualPath apply(IntFunction<String> group, Supplier<Map<String, String>> variables) {
    return path(group, name -> Optional.ofNullable(variables.get().get(name)));
  }

  private VirtualPath path(
      IntFunction<String> group, Function<String, Optional<String>> variables) {
    StringBuilder result = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Text(String text) -> result.append(text);
        case Piece.Group(int number) ->
            result.append(Optional.ofNullable(group.apply(number)).orElse(""));
        case Piece.Variable(String name) -> result.append(inPath(name, variables.apply(name)));
      }
    }
    for (String segment : result.toString().split("/")) {
      if (segment.equals("..") || segment.equals(".")) {
        throw new RefusedException(Refusal.Kind.BAD_NAME, "The new name has . or .. in it");
      }
    }
    VirtualPath path = VirtualPath.parse(result.toString());
    if (path.isRoot()) {
      throw new RefusedException(Refusal.Kind.IS_A_FOLDER, "The new name is the root");
    }
    return path;
  }

  /** A variable is one name or a part of one: it leads into no other folder. */
  private static String inPath(String name, Optional<String> value) {
    String text =
        value.orElseThrow(() ->
            new RefusedException(
                Refusal.Kind.NO_PERMISSION, "The rule needs the variable " + name));
    if (text.isEmpty() || text.contains("/") || text.contains("\\") || text.contains("..")) {
      throw new RefusedException(
          Refusal.Kind.BAD_NAME, "The variable " + name + " cannot be a part of a name");
    }
    return text;
  }
}
