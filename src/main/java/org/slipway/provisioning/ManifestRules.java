package org.slipway.provisioning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.RefusedException;
import org.slipway.accounts.Violation;
import org.slipway.storage.VirtualPath;

/** What a manifest may hold. */
final class ManifestRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST = 1000;

  private final List<Violation> violations = new ArrayList<>();

  static void check(ManifestDraft draft, boolean accountExists) {
    ManifestRules rules = new ManifestRules();
    rules.checkAll(draft, accountExists);
    if (!rules.violations.isEmpty()) {
      throw new InvalidInputException(rules.violations);
    }
  }

  private void checkAll(ManifestDraft d, boolean accountExists) {
    if (!NAME.matcher(d.name()).matches()) {
      bad("name", "manifest.name", "1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit");
    }
    if (d.description().length() > 500) {
      bad("description", "description.long", "At most 500 characters are allowed");
    }
    if (d.account().isPresent() && !accountExists) {
      bad("account", "account.unknown", "There is no account " + d.account().get());
    }
    Devices.checkPath("listName", d.effectiveListName(), violations);
    checkSteps(d);
    checkFiles(d);
  }

  private void checkSteps(ManifestDraft d) {
    if (d.steps().size() > MOST) {
      bad("steps", "steps.many", "At most " + MOST + " steps are allowed");
    }
    for (int i = 0; i < d.steps().size(); i++) {
      Devices.checkPath("steps[" + i + "].path", d.steps().get(i).path(), violations);
    }
  }

  private void checkFiles(ManifestDraft d) {
    if (d.files().isEmpty()) {
      return;
    }
    if (d.files().size() > MOST) {
      bad("files", "files.many", "At most " + MOST + " files are allowed");
    }
    if (d.account().isEmpty()) {
      bad("account", "account.needed", "The files need an account whose home they are in");
    }
    if (violations.isEmpty() && !listIsStep(d)) {
      bad(
          "steps",
          "steps.list",
          "The steps must have the list %s, or the files are never read"
              .formatted(d.effectiveListName()));
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < d.files().size(); i++) {
      checkFile("files[" + i + "]", d.files().get(i), keys);
    }
  }

  private static boolean listIsStep(ManifestDraft d) {
    VirtualPath list = VirtualPath.parse(d.effectiveListName());
    return d.steps().stream().anyMatch(s -> VirtualPath.parse(s.path()).equals(list));
  }

  private void checkFile(String field, Manifest.ListedFile file, Set<String> keys) {
    if (!KEY.matcher(file.key()).matches()) {
      bad(field + ".key", "key.pattern", "1 to 64 of A-Z a-z 0-9 . _ -");
    } else if (!keys.add(file.key())) {
      bad(field + ".key", "key.twice", "The key " + file.key() + " is there twice");
    }
    if (file.path().isEmpty() || !file.path().equals(file.path().strip())) {
      bad(field + ".path", "path.spaces", "A path is not empty and has no spaces around it");
    } else {
      checkVirtual(field + ".path", file.path());
    }
    if (file.sha256().isPresent() && !SHA256.matcher(file.sha256().get()).matches()) {
      bad(field + ".sha256", "sha256.pattern", "64 hexadecimal digits in lower case");
    }
  }

  private void checkVirtual(String field, String path) {
    try {
      if (VirtualPath.parse(path).isRoot()) {
        bad(field, "path.root", "A path names a file");
      }
    } catch (RefusedException e) {
      bad(field, "path.bad", e.refusal().detail());
    }
  }

  private void bad(String field, String code, String message) {
    violations.add(new Violation(field, code, message));
  }
}
