package org.slipway.client;

/**
 * The main class of the jar, compiled for Java 8 and written in it, so that an old {@code java}
 * says one clear sentence where it would print an UnsupportedClassVersionError.
 */
public final class Launcher {
  private static final int REQUIRED = 25;

  private Launcher() {}

  public static void main(String[] arguments) throws Exception {
    int running = majorVersion(System.getProperty("java.specification.version"));
    if (running < REQUIRED) {
      System.err.println(
          "The Slipway client needs Java "
              + REQUIRED
              + " or newer, but this is Java "
              + running
              + " ("
              + System.getProperty("java.home")
              + "); start it with deploy/slipway-client, or with the java of a newer JDK.");
      System.exit(1);
    }
    // By name: a reference would make this class need the newer one to be loaded.
    Class.forName("org.slipway.client.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /** Java 8 still called itself 1.8. */
  static int majorVersion(String specification) {
    String version = specification.startsWith("1.") ? specification.substring(2) : specification;
    return Integer.parseInt(version);
  }
}
