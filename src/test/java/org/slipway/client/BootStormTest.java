package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand devices are switched on at once. */
class BootStormTest {
  private static final int DEVICES = 1_000;

  /** Of the server: one buffer for each device, and what the sockets of this JVM need. */
  private static final long MOST_DIRECT_MEMORY = 192L << 20;

  /** A busy server may take its time; that nobody answers at the end is waited for too. */
  private static final Patience PATIENT =
      new Patience(
          Collections.nCopies(5, Duration.ofMillis(1_500)),
          Collections.nCopies(8, Duration.ofSeconds(1)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  @TempDir Path folder;

  @Test
  void allOfThemBootAboutAsFastAndBootpAndFtpGoOn() throws Exception {
    Files.writeString(folder.resolve("password"), ServingPortal.PASSWORD);
    byte[] kernel = new byte[1 << 20];
    new Random(1_000).nextBytes(kernel);
    try (ServingPortal portal =
            new ServingPortal(Files.createDirectory(folder.resolve("portal")))
                .step("kernel", kernel)
                .listed("rootfs", new byte[100_000])
                .device("127.0.0.77");
        DeviceCrowd crowd =
            new DeviceCrowd(
                new InetSocketAddress("127.0.0.1", portal.tftpPort()), DEVICES, "kernel", kernel)) {
      CompletableFuture<CommandRun> meanwhile =
          CompletableFuture.supplyAsync(() -> provision(portal));
      // What tests before this one have left to the collector is not of this server.
      System.gc();
      List<Duration> took = crowd.boot(Duration.ofSeconds(120));
      Duration median = took.get(DEVICES / 2);
      assertThat(took.getLast())
          .as("slowest of %s to %s, median %s", took.getFirst(), took.getLast(), median)
          .isLessThanOrEqualTo(median.multipliedBy(3));
      assertThat(directMemory()).isLessThan(MOST_DIRECT_MEMORY);
      CommandRun whole = meanwhile.join();
      assertThat(whole.exitCode()).as(whole.toString()).isZero();
    }
  }

  /** The whole way of a device: BOOTP, TFTP, the list, FTP. */
  private CommandRun provision(ServingPortal portal) {
    List<String> arguments = new ArrayList<>(portal.arguments());
    arguments.addAll(
        List.of(
            "--user=" + ServingPortal.USER,
            "--password-file=" + folder.resolve("password"),
            "--into=" + folder.resolve("got")));
    return CommandRun.of(PATIENT, arguments);
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
