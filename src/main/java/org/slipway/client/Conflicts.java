package org.slipway.client;

import java.io.IOException;

/** Decides under which name a file is kept where its own is taken. */
final class Conflicts {
  private final Asker asker;
  private OnConflict rule;

  /** Somebody who can be asked. */
  interface Asker {
    /** The first letter of the answer, in lower case; blank if there is none. */
    char ask(String question);
  }

  /** Whether a name is taken. */
  interface Taken {
    boolean test(String name) throws IOException;
  }

  /**
   * @param asker for {@link OnConflict#ask}
   */
  Conflicts(OnConflict rule, Asker asker) {
    this.rule = rule;
    this.asker = asker;
  }

  /**
   * @return the name, or another one if it is taken and the file is to be kept beside
   * @throws ExistsException if the file is not to be moved
   */
  String name(String wanted, Taken taken) throws IOException {
    if (!taken.test(wanted)) {
      return wanted;
    }
    return switch (rule == OnConflict.ask ? asked(wanted) : rule) {
      case overwrite -> wanted;
      case rename -> free(wanted, taken);
      case reject, ask -> throw new ExistsException(wanted);
    };
  }

  private OnConflict asked(String name) {
    char answer =
        asker.ask(
            Text.of(
                "\"%s\" exists: (o)verwrite, (k)eep both, (s)kip, overwrite (a)ll, skip a(l)l? ",
                Printable.of(name)));
    switch (answer) {
      case 'a' -> rule = OnConflict.overwrite;
      case 'l' -> rule = OnConflict.reject;
      default -> {}
    }
    return switch (answer) {
      case 'o', 'a' -> OnConflict.overwrite;
      case 'k' -> OnConflict.rename;
      default -> OnConflict.reject;
    };
  }

  /** {@code name.new}, then {@code name.new.2} and so on, as the portal does it. */
  private static String free(String wanted, Taken taken) throws IOException {
    String name = wanted + ".new";
    for (int i = 2; taken.test(name); i++) {
      name = wanted + ".new." + i;
    }
    return name;
  }

  /** The name is taken, and the file was not moved. */
  static final class ExistsException extends IOException {
    private ExistsException(String name) {
      super(Text.of("\"%s\" exists, and is kept (--on-conflict)", Printable.of(name)));
    }
  }
}
