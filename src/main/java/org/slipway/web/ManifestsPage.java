package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.provisioning.Devices;
import org.slipway.provisioning.Manifest;
import org.slipway.provisioning.Manifests;

/** All manifests in their current versions. */
@Named
@ViewScoped
public class ManifestsPage implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient Manifests manifests;
  @Inject private transient Devices devices;
  @Inject private transient AccountDirectory accounts;
  private Rows<Manifest> rows;
  private transient Map<String, Long> deviceCounts;

  public Rows<Manifest> getRows() {
    if (rows == null) {
      rows =
          new Rows<>(
              manifests::all,
              Manifest::name,
              m -> m.name() + " " + m.description() + " " + account(m),
              Map.of(
                  "name", Comparator.comparing(Manifest::name),
                  "created", Comparator.comparing(Manifest::created)),
              "name");
    }
    return rows;
  }

  /** The user name of the account whose home the files are in; empty where there is none. */
  public String account(Manifest manifest) {
    return manifest.account().flatMap(accounts::byId).map(Account::username).orElse("");
  }

  /** Whether its account is gone, so that its files cannot be fetched. */
  public boolean orphaned(Manifest manifest) {
    return manifest.account().isPresent() && account(manifest).isEmpty();
  }

  public long devices(Manifest manifest) {
    if (deviceCounts == null) {
      deviceCounts =
          devices.all().stream()
              .flatMap(d -> d.manifest().stream())
              .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
    return deviceCounts.getOrDefault(manifest.name(), 0L);
  }
}
