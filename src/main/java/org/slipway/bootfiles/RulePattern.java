package org.slipway.bootfiles;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.slipway.accounts.InvalidInputException;

/**
 * The expression of a rule. RE2 walks a name once, whatever the expression: a name that anybody may
 * send cannot make it search for long. How large an expression may become is bounded here.
 */
final class RulePattern {
  /** In characters. */
  static final int LONGEST = 300;

  /** Steps of the machine that an expression becomes; each may be taken for each character. */
  private static final int LARGEST = 2_000;

  /** What the counts of an expression may multiply to, before it is unfolded. */
  private static final long MOST_REPEATS = 10_000;

  private static final Pattern COUNT = Pattern.compile("\\{([0-9]+)(?:,([0-9]*))?\\}");

  private final Pattern pattern;

  private RulePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * @throws InvalidInputException for the field {@code pattern}
   */
  static RulePattern compile(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw bad("1 to " + LONGEST + " characters");
    }
    if (repeats(text) > MOST_REPEATS) {
      throw bad("Its counts multiply to more than " + MOST_REPEATS);
    }
    Pattern pattern = parsed(text);
    if (pattern.programSize() > LARGEST) {
      throw bad("It is too large: %d of %d steps".formatted(pattern.programSize(), LARGEST));
    }
    return new RulePattern(pattern);
  }

  private static Pattern parsed(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw bad(e.getDescription() + (e.getPattern() == null ? "" : ": " + e.getPattern()));
    }
  }

  private static InvalidInputException bad(String message) {
    return new InvalidInputException("pattern", "pattern.bad", message);
  }

  /** An upper bound: as if every count stood inside of every other. */
  private static long repeats(String text) {
    long product = 1;
    Matcher count = COUNT.matcher(text);
    while (count.find() && product <= MOST_REPEATS) {
      long least = number(count.group(1));
      long most = number(Optional.ofNullable(count.group(2)).orElse(""));
      long times = Math.max(least, most);
      product *= Math.max(1, times);
    }
    return product;
  }

  private static long number(String digits) {
    if (digits.isEmpty()) {
      return 1;
    }
    return digits.length() > 4 ? MOST_REPEATS + 1 : Long.parseLong(digits);
  }

  int groups() {
    return pattern.groupCount();
  }

  /** A matcher that has matched the whole name; empty if it does not match. */
  Optional<Matcher> match(String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }
}
