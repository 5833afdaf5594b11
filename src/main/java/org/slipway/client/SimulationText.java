package org.slipway.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The report of a simulation for a person. */
final class SimulationText {
  private static final double MEBIBYTE = 1 << 20;

  private SimulationText() {}

  static List<String> lines(SimulationReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        report.unfinished() == 0
            ? Text.of(
                "%d devices: %d done, %d failed.", report.devices(), report.done(), report.failed())
            : Text.of(
                "%d devices: %d done, %d failed, %d not finished.",
                report.devices(), report.done(), report.failed(), report.unfinished()));
    lines.add(
        Text.of(
            "%,d files whole (%s of each device that is done): %,d bytes in %.1f s, %.1f MiB/s.",
            report.files(),
            each(report),
            report.bytes(),
            report.seconds(),
            report.bytesPerSecond() / MEBIBYTE));
    if (report.packetsLost() > 0) {
      lines.add(Text.of("%,d UDP packets were lost on purpose.", report.packetsLost()));
    }
    if (report.listsLeftAlone() > 0) {
      lines.add(
          Text.of(
              "%d devices left their listed files alone: --user says whose they are.",
              report.listsLeftAlone()));
    }
    if (!report.times().isEmpty()) {
      lines.add("");
      lines.addAll(times(report.times()));
    }
    report.failures().forEach(group -> add(lines, group));
    return lines;
  }

  private static String each(SimulationReport report) {
    return report.fewestFiles() == report.mostFiles()
        ? "%d".formatted(report.mostFiles())
        : Text.of("%d to %d", report.fewestFiles(), report.mostFiles());
  }

  private static List<String> times(Map<String, SimulationReport.Percentiles> times) {
    List<List<String>> rows =
        times.entrySet().stream()
            .map(entry -> {
              SimulationReport.Percentiles p = entry.getValue();
              return Stream.concat(
                      Stream.of(label(entry.getKey())),
                      Stream.of(p.p50(), p.p95(), p.p99(), p.max())
                          .map(time -> String.format(Locale.ROOT, "%.3f", time)))
                  .toList();
            })
            .toList();
    return Columns.lines(
        List.of(Text.of("seconds"), "p50", "p95", "p99", Text.of("longest")),
        rows,
        Set.of(1, 2, 3, 4));
  }

  private static String label(String times) {
    return switch (times) {
      case SimulationReport.FIRST_ANSWER -> Text.of("first answer");
      case SimulationReport.TFTP -> "TFTP";
      case SimulationReport.FTP -> "FTP";
      default -> Text.of("device");
    };
  }

  private static void add(List<String> lines, SimulationReport.FailureGroup group) {
    String label = label(group.outcome());
    lines.add("");
    lines.add(
        Text.of(
            "%d failed: %s",
            group.devices(),
            group.reason().isEmpty() ? label : "%s: %s".formatted(label, group.reason())));
    lines.add("  %s: %s".formatted(group.hardwareAddress(), group.error()));
  }

  private static String label(ExitCode outcome) {
    return switch (outcome) {
      case NOBODY_ANSWERED -> Text.of("nobody answered");
      case CHECKSUM_MISMATCH -> Text.of("checksum mismatch");
      case REFUSED -> Text.of("refused");
      case TFTP_FAILED -> "TFTP";
      case FTP_FAILED -> "FTP";
      case DONE, FAILED, USAGE -> Text.of("failed");
    };
  }
}
