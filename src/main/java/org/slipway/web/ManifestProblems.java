package org.slipway.web;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slipway.accounts.Violation;

/** Shows what is wrong with a manifest: beside each field, and summed up on top. */
final class ManifestProblems {
  private static final Pattern ROW = Pattern.compile("(steps|files)\\[(\\d+)]\\.(\\w+)");

  private ManifestProblems() {}

  static void forget(ManifestForm form) {
    form.getSteps().forEach(s -> s.problem(""));
    form.getFiles().forEach(f -> f.keyProblem(""));
    form.getFiles().forEach(f -> f.pathProblem(""));
  }

  static void show(ManifestForm form, List<Violation> violations) {
    Feedback.error(Words.text("manifest.problems", violations.size()));
    for (Violation violation : violations) {
      Matcher row = ROW.matcher(violation.field());
      if (row.matches()) {
        inRow(form, row, Words.text(violation));
      } else {
        Feedback.field("manifest", violation.field(), Words.text(violation));
      }
    }
  }

  private static void inRow(ManifestForm form, Matcher row, String text) {
    int index = Integer.parseInt(row.group(2));
    if (row.group(1).equals("steps")) {
      form.getSteps().get(index).problem(text);
      Feedback.error(Words.text("manifest.problemStep", index + 1, text));
      return;
    }
    FileRow file = form.getFiles().get(index);
    if (row.group(3).equals("key")) {
      file.keyProblem(text);
    } else {
      file.pathProblem(text);
    }
    Feedback.error(Words.text("manifest.problemFile", index + 1, text));
  }
}
