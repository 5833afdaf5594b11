package org.slipway.provisioning;

import java.util.List;
import java.util.Optional;

/**
 * What somebody wants a manifest to be; a new version is made of it.
 *
 * @param account user name of the account whose home the files are in
 * @param listName empty for {@code NAME.rc}
 */
public record ManifestDraft(
    String name,
    String description,
    Optional<String> account,
    Manifest.Advance advance,
    Manifest.End end,
    Manifest.Rearm rearm,
    Optional<String> listName,
    List<Manifest.Step> steps,
    List<Manifest.ListedFile> files) {

  /** The path under which the list is served. */
  public String effectiveListName() {
    return listName.filter(n -> !n.isBlank()).orElse(name + ".rc");
  }
}
