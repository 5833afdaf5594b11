package org.slipway.client;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a device of a simulation fared. All times are in seconds.
 *
 * @param failure empty if it has everything
 * @param firstAnswer until the first answer to BOOTP; empty if nobody answered
 * @param tftp of all transfers together; empty without any
 * @param ftp from the login on; empty without one
 * @param lost packets, on purpose
 * @param listLeftAlone whether there were listed files that nobody was named for
 */
record DeviceResult(
    Optional<Failure> failure,
    int files,
    long bytes,
    OptionalDouble firstAnswer,
    OptionalDouble tftp,
    OptionalDouble ftp,
    double seconds,
    long lost,
    boolean listLeftAlone) {

  /**
   * Why it has not.
   *
   * @param reason in few words, the same for all devices that failed by the same cause
   * @param sentence the whole of it, and what to do
   */
  record Failure(ExitCode outcome, String reason, String hardwareAddress, String sentence) {
    static Failure of(
        SimulatedDevice device, Optional<InetAddress> given, CommandFailedException e) {
      return new Failure(
          e.exitCode(),
          reason(device, given, e),
          MacAddressConverter.spelt(device.hardware()),
          e.getMessage());
    }

    /** A sentence without a cause is its own reason, but for what is the device's alone. */
    private static String reason(
        SimulatedDevice device, Optional<InetAddress> given, CommandFailedException e) {
      if (e.exitCode() == ExitCode.NOBODY_ANSWERED) {
        return "";
      }
      return switch (e.getCause()) {
        case TftpFailedException tftp -> tftp.getMessage();
        case IOException io -> IoProblem.text(io);
        case null, default ->
            e.getMessage()
                .replace(MacAddressConverter.spelt(device.hardware()), "*")
                .replace(given.map(InetAddress::getHostAddress).orElse("*"), "*");
      };
    }
  }

  /**
   * Of {@link System#nanoTime()}.
   *
   * @param login 0 without one
   */
  record Times(long start, long login, long end) {
    private double until(long moment) {
      return (moment - start) / 1e9;
    }

    private OptionalDouble ftp() {
      return login == 0 ? OptionalDouble.empty() : OptionalDouble.of((end - login) / 1e9);
    }
  }

  static DeviceResult of(
      SimulatedDevice device,
      Inventory inventory,
      Optional<CommandFailedException> failure,
      Times times,
      long lost,
      boolean listLeftAlone) {
    List<MovedFile> files = inventory.files();
    return new DeviceResult(
        failure.map(e -> Failure.of(device, inventory.address(), e)),
        files.size(),
        files.stream().mapToLong(MovedFile::bytes).sum(),
        inventory.answeredAt().stream().mapToDouble(times::until).findFirst(),
        files.stream()
            .filter(file -> file.protocol() == MovedFile.Protocol.TFTP)
            .mapToDouble(MovedFile::seconds)
            .reduce(Double::sum),
        times.ftp(),
        times.until(times.end()),
        lost,
        listLeftAlone);
  }
}
