package org.slipway.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a simulation went, as {@code --json} prints it; also one that was interrupted.
 *
 * @param outcome name of the exit code
 * @param unfinished devices that were still on their way, or had not begun
 * @param files that came whole, of all devices
 * @param fewestFiles of a device that is done
 * @param mostFiles of a device that is done
 * @param bytes of those files
 * @param seconds from the first start to now
 * @param packetsLost on purpose
 * @param listsLeftAlone devices that were to fetch listed files, but had no account to log in with
 * @param times of the devices in seconds, by what they were for; "device" counts those that are
 *     done
 * @param failures the most frequent first
 */
@JsonInclude(Include.NON_NULL)
record SimulationReport(
    ExitCode outcome,
    int exitCode,
    int devices,
    int done,
    int failed,
    int unfinished,
    int files,
    int fewestFiles,
    int mostFiles,
    long bytes,
    double seconds,
    double bytesPerSecond,
    long packetsLost,
    int listsLeftAlone,
    Map<String, Percentiles> times,
    List<FailureGroup> failures) {
  static final String FIRST_ANSWER = "firstAnswer";
  static final String TFTP = "tftp";
  static final String FTP = "ftp";
  static final String DEVICE = "device";

  /** The first of them that any device failed with is the one of the whole. */
  private static final List<ExitCode> BY_RANK =
      List.of(
          ExitCode.NOBODY_ANSWERED,
          ExitCode.TFTP_FAILED,
          ExitCode.FTP_FAILED,
          ExitCode.CHECKSUM_MISMATCH,
          ExitCode.REFUSED,
          ExitCode.FAILED);

  /**
   * Each of them a value that there was: the smallest that so many percent of all do not exceed.
   */
  record Percentiles(double p50, double p95, double p99, double max) {
    static Percentiles of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return new Percentiles(at(sorted, 50), at(sorted, 95), at(sorted, 99), at(sorted, 100));
    }

    private static double at(double[] sorted, int percent) {
      int rank = (sorted.length * percent + 99) / 100;
      return Math.round(sorted[Math.max(1, rank) - 1] * 1e3) / 1e3;
    }
  }

  /**
   * Devices that failed by the same cause.
   *
   * @param reason in few words; empty if the outcome says it all
   * @param hardwareAddress of the first of them
   * @param error what that one was told
   */
  record FailureGroup(
      ExitCode outcome, String reason, int devices, String hardwareAddress, String error) {
    FailureGroup oneMore() {
      return new FailureGroup(outcome, reason, devices + 1, hardwareAddress, error);
    }
  }

  static SimulationReport of(List<DeviceRun> runs, double seconds) {
    List<DeviceResult> results = runs.stream().flatMap(run -> run.result().stream()).toList();
    List<DeviceResult> done = results.stream().filter(r -> r.failure().isEmpty()).toList();
    IntSummaryStatistics files = done.stream().mapToInt(DeviceResult::files).summaryStatistics();
    int unfinished = runs.size() - results.size();
    List<FailureGroup> failures = failures(results);
    ExitCode outcome = outcome(failures, unfinished);
    long bytes = results.stream().mapToLong(DeviceResult::bytes).sum();
    return new SimulationReport(
        outcome,
        outcome.number(),
        runs.size(),
        done.size(),
        results.size() - done.size(),
        unfinished,
        results.stream().mapToInt(DeviceResult::files).sum(),
        done.isEmpty() ? 0 : files.getMin(),
        done.isEmpty() ? 0 : files.getMax(),
        bytes,
        seconds,
        seconds == 0 ? 0 : Math.round(bytes / seconds),
        results.stream().mapToLong(DeviceResult::lost).sum(),
        (int) results.stream().filter(DeviceResult::listLeftAlone).count(),
        times(results, done),
        failures);
  }

  private static ExitCode outcome(List<FailureGroup> failures, int unfinished) {
    return BY_RANK.stream()
        .filter(rank -> failures.stream().anyMatch(group -> group.outcome() == rank))
        .findFirst()
        .orElse(unfinished == 0 ? ExitCode.DONE : ExitCode.FAILED);
  }

  private static Map<String, Percentiles> times(
      List<DeviceResult> results, List<DeviceResult> done) {
    Map<String, Percentiles> times = new LinkedHashMap<>();
    put(times, FIRST_ANSWER, results, DeviceResult::firstAnswer);
    put(times, TFTP, results, DeviceResult::tftp);
    put(times, FTP, results, DeviceResult::ftp);
    put(times, DEVICE, done, each -> OptionalDouble.of(each.seconds()));
    return times;
  }

  private static void put(
      Map<String, Percentiles> times,
      String name,
      List<DeviceResult> results,
      Function<DeviceResult, OptionalDouble> time) {
    double[] values = results.stream().map(time).flatMapToDouble(OptionalDouble::stream).toArray();
    if (values.length > 0) {
      times.put(name, Percentiles.of(values));
    }
  }

  private static List<FailureGroup> failures(List<DeviceResult> results) {
    Map<List<Object>, FailureGroup> groups = new LinkedHashMap<>();
    Stream<DeviceResult.Failure> all = results.stream().flatMap(r -> r.failure().stream());
    all.forEach(failure ->
        groups.merge(
            List.of(failure.outcome(), failure.reason()),
            new FailureGroup(
                failure.outcome(),
                failure.reason(),
                1,
                failure.hardwareAddress(),
                failure.sentence()),
            (group, one) -> group.oneMore()));
    List<FailureGroup> sorted = new ArrayList<>(groups.values());
    sorted.sort(Comparator.comparing(FailureGroup::devices).reversed());
    return sorted;
  }
}
