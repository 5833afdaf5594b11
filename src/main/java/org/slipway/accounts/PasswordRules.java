package org.slipway.accounts;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.matchers.Match;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slipway.settings.Settings;
import org.slipway.settings.SignInSettings;

/**
 * Which passwords may be chosen: not a common one, nothing that is written on the door, and hard
 * enough to guess, estimated as an attacker guesses: by words, names, dates, patterns of keys.
 */
@Singleton
public final class PasswordRules {
  private static final String FIELD = "password";

  /** The estimate takes longer with the square of the length; what follows makes it only better. */
  private static final int ESTIMATED = 100;

  private static final String PRODUCT = "slipway";

  /** Has read its lists of words once for all. */
  private static final Zxcvbn ZXCVBN = new Zxcvbn();

  private final Settings settings;

  @Inject
  public PasswordRules(Settings settings) {
    this.settings = settings;
  }

  /**
   * What is thought of a password.
   *
   * @param score from 0, guessed at once, to 4, hardly ever
   * @param least the score that it needs
   * @param violations why it may not be chosen; empty if it may
   */
  public record Judgement(int score, int least, List<Violation> violations) {}

  /** Throws if it may not be chosen. */
  public void check(String password, String username, Optional<String> email) {
    List<Violation> violations = judge(password, username, email).violations();
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  public Judgement judge(String password, String username, Optional<String> email) {
    List<Violation> violations =
        new ArrayList<>(new AccountRules().password(password, username).violations());
    int least = settings.get(SignInSettings.PASSWORD_MIN_SCORE);
    if (password == null || password.isEmpty()) {
      return new Judgement(0, least, violations);
    }
    List<String> onTheDoor =
        Stream.of(name(username), email.map(PasswordRules::local).orElse(""), PRODUCT)
            .filter(w -> !w.isEmpty())
            .toList();
    Strength strength =
        ZXCVBN.measure(password.substring(0, Math.min(password.length(), ESTIMATED)), onTheDoor);
    if (violations.isEmpty()) {
      more(password, strength, onTheDoor, least).ifPresent(violations::add);
    }
    return new Judgement(strength.getScore(), least, List.copyOf(violations));
  }

  private static Optional<Violation> more(
      String password, Strength strength, List<String> onTheDoor, int least) {
    String lower = password.toLowerCase(Locale.ROOT);
    String reverse = new StringBuilder(lower).reverse().toString();
    if (onTheDoor.contains(lower) || onTheDoor.contains(reverse)) {
      return violation(
          "password.obvious",
          "The password may not be the user name, the e-mail address or \"slipway\", nor one of"
              + " them backwards");
    }
    if (isCommon(password, strength)) {
      return violation(
          "password.common", "This is one of the most common passwords; choose another one");
    }
    if (strength.getScore() < least) {
      return violation(
          "password.weak",
          "This is too easy to guess; make it longer, for instance of four unrelated words");
    }
    return Optional.empty();
  }

  private static Optional<Violation> violation(String code, String message) {
    return Optional.of(new Violation(FIELD, code, message));
  }

  /** One word of the list of common passwords, in any case, spelling of hackers, or backwards. */
  private static boolean isCommon(String password, Strength strength) {
    List<Match> parts = strength.getSequence();
    return parts.size() == 1
        && "passwords".equals(parts.getFirst().dictionaryName)
        && parts.getFirst().token.length() == password.length();
  }

  private static String name(String username) {
    return username == null ? "" : username.toLowerCase(Locale.ROOT);
  }

  private static String local(String email) {
    return email.toLowerCase(Locale.ROOT).replaceFirst("@.*", "");
  }
}
