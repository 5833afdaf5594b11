package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.Inet4Address;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import org.slipway.accounts.Action;
import org.slipway.leases.Lease;
import org.slipway.leases.Leases;
import org.slipway.settings.SettingText;

/** The leases on the page of the networks, by address; taking one away. */
@Named
@ViewScoped
public class LeasesCard implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient Leases leases;
  @Inject private transient Clock clock;
  @Inject private transient Me me;
  private PagedRows<Lease> rows;

  public PagedRows<Lease> getRows() {
    if (rows == null) {
      rows =
          new PagedRows<>(
              () -> leases.all().size(),
              (offset, limit) ->
                  leases.all().stream()
                      .sorted(
                          Comparator.comparing(l -> Integer.toUnsignedLong(l.address().hashCode())))
                      .skip(offset)
                      .limit(limit)
                      .toList(),
              l -> l.address().getHostAddress(),
              key -> leases.find((Inet4Address) SettingText.address(key)));
    }
    return rows;
  }

  public boolean isNothing() {
    return leases.all().isEmpty();
  }

  public String hostName(Lease lease) {
    return VisibleText.of(lease.client().hostName().orElse(""));
  }

  public Lease.State state(Lease lease) {
    return lease.state(clock.instant());
  }

  public void delete(String address) {
    me.require(Action.MANAGE_NETWORKS);
    Optional<Lease> lease = leases.find((Inet4Address) SettingText.address(address));
    if (lease.isPresent()
        && Feedback.tried("leases", () -> leases.delete(lease.get().address(), me.who()))) {
      Feedback.done("leases.deleted", address);
    }
  }
}
