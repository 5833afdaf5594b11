package org.slipway.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.api.model.ManifestDocument;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.ManifestDraft;

/** Manifests as documents, and back. */
@Singleton
public final class ManifestDocuments {
  private final AccountDirectory accounts;

  @Inject
  public ManifestDocuments(AccountDirectory accounts) {
    this.accounts = accounts;
  }

  ManifestDocument of(Manifest m) {
    return new ManifestDocument(
        m.name(),
        m.version(),
        m.description(),
        m.account().flatMap(accounts::byId).map(Account::username).orElse(null),
        m.advance().name(),
        m.end().name(),
        m.rearm().name(),
        m.listName(),
        m.steps().stream().map(s -> new ManifestDocument.Step(s.path())).toList(),
        m.files().stream()
            .map(f -> new ManifestDocument.ListedFile(f.key(), f.path(), f.sha256().orElse(null)))
            .toList(),
        m.created(),
        m.createdBy());
  }

  /** What a document wants; its path names the manifest, its body may only agree. */
  static ManifestDraft read(String name, ManifestDocument wanted) {
    Fields fields = new Fields();
    if (wanted.name() != null && !wanted.name().equals(name)) {
      fields.bad("name", "name.differs", "The body names another manifest than the path");
    }
    ManifestDraft draft =
        new ManifestDraft(
            name,
            Fields.optional(wanted.description()).orElse(""),
            Fields.optional(wanted.account()),
            fields.choice(
                "advance", wanted.advance(), Manifest.Advance.class, Manifest.Advance.DELIVERY),
            fields.choice("end", wanted.end(), Manifest.End.class, Manifest.End.SILENCE),
            fields.choice("rearm", wanted.rearm(), Manifest.Rearm.class, Manifest.Rearm.SILENCE),
            Fields.optional(wanted.listName()),
            steps(fields, Fields.list(wanted.steps())),
            files(fields, Fields.list(wanted.files())));
    fields.check();
    return draft;
  }

  private static List<Manifest.Step> steps(Fields fields, List<ManifestDocument.Step> given) {
    List<Manifest.Step> result = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String path = given.get(i) == null ? null : given.get(i).path();
      result.add(new Manifest.Step(fields.needed("steps[" + i + "].path", path)));
    }
    return result;
  }

  private static List<Manifest.ListedFile> files(
      Fields fields, List<ManifestDocument.ListedFile> given) {
    List<Manifest.ListedFile> result = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      ManifestDocument.ListedFile file = given.get(i);
      String name = "files[" + i + "]";
      if (file == null) {
        fields.bad(name, "needed", "A value is needed");
        continue;
      }
      result.add(
          new Manifest.ListedFile(
              fields.needed(name + ".key", file.key()),
              fields.needed(name + ".path", file.path()),
              Optional.ofNullable(file.sha256())));
    }
    return result;
  }
}
