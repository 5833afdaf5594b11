package org.slipway.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.RefusedException;
import org.slipway.storage.FileArea;
import org.slipway.storage.FileAreas;
import org.slipway.storage.FileFacts;
import org.slipway.storage.VirtualPath;

/** Looks up the files that a manifest names while it is edited. */
@Singleton
public final class KnownFiles {
  /** A checksum is made while one waits only of what is read at once. */
  private static final long SMALL = 64L << 20;

  private final FileAreas areas;
  private final AccountDirectory accounts;

  @Inject
  public KnownFiles(FileAreas areas, AccountDirectory accounts) {
    this.areas = areas;
    this.accounts = accounts;
  }

  List<String> bootFiles() {
    return BootFileNames.of(areas.bootFiles());
  }

  List<String> homeFiles(String username) {
    return home(username).map(BootFileNames::of).orElse(List.of());
  }

  void look(ManifestForm form) {
    for (StepRow step : form.getSteps()) {
      look(form, step);
    }
    Optional<FileArea> home = home(form.getAccount());
    form.getFiles().forEach(f -> look(home, f));
  }

  private Optional<FileArea> home(String username) {
    return Entered.text(username).flatMap(accounts::byUsername).map(Account::id).map(areas::home);
  }

  private void look(ManifestForm form, StepRow step) {
    if (step.getPath().isBlank()) {
      step.known(StepRow.Kind.EMPTY, 0);
    } else if (form.isList(step.getPath())) {
      step.known(StepRow.Kind.LIST, 0);
    } else {
      Optional<FileFacts> facts = file(areas.bootFiles(), step.getPath());
      step.known(
          facts.isPresent() ? StepRow.Kind.FILE : StepRow.Kind.MISSING,
          facts.map(FileFacts::size).orElse(0L));
    }
  }

  private static void look(Optional<FileArea> home, FileRow row) {
    Optional<FileFacts> facts = home.flatMap(h -> file(h, row.getPath()));
    if (facts.isEmpty()) {
      row.missing();
      return;
    }
    long size = facts.get().size();
    Optional<String> checksum =
        size > SMALL
            ? Optional.empty()
            : home.map(h -> h.sha256(VirtualPath.parse(row.getPath().strip())));
    row.found(size, checksum);
  }

  private static Optional<FileFacts> file(FileArea area, String path) {
    try {
      VirtualPath parsed = VirtualPath.parse(path.strip());
      return parsed.isRoot() ? Optional.empty() : area.stat(parsed).filter(f -> !f.folder());
    } catch (RefusedException _) {
      return Optional.empty();
    }
  }
}
