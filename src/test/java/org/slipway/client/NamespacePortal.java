package org.slipway.client;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A portal in a network namespace: {@code FOLDER ADDRESS COUNT FIRST}. Prints its ports as options,
 * and serves until its input ends.
 */
final class NamespacePortal {
  private static final int KERNEL = 150_000;
  private static final int ROOTFS = 90_001;

  private NamespacePortal() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectory(Path.of(arguments[0]));
    try (ServingPortal portal =
        new ServingPortal(folder, arguments[1])
            .step("kernel.img", new byte[KERNEL])
            .listed("rootfs.img", new byte[ROOTFS])) {
      portal.devices(Integer.parseInt(arguments[2]), arguments[3]);
      System.out.println("ready " + String.join(" ", portal.ports()));
      while (System.in.read() >= 0) {
        Thread.yield();
      }
    }
    System.exit(0);
  }
}
