package org.slipway.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountStatus;
import org.slipway.audit.AuditTrail;
import org.slipway.listeners.ListenerStatus;
import org.slipway.listeners.ListenerSupervisor;
import org.slipway.transfers.TransferLog;
import org.slipway.transfers.Transfers;

/** What can be counted of the portal; read from where it is kept, when somebody asks. */
@Singleton
public final class PortalMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ListenerSupervisor supervisor;
  private final Transfers transfers;
  private final MultiGauge listeners;

  @Inject
  public PortalMetrics(
      ListenerSupervisor supervisor,
      Transfers transfers,
      TransferLog log,
      AuditTrail audit,
      AccountDirectory accounts) {
    this.supervisor = supervisor;
    this.transfers = transfers;
    this.listeners =
        MultiGauge.builder("slipway.listener.up")
            .description("1 while the listener listens")
            .register(registry);
    Gauge.builder("slipway.transfers.active", transfers, t -> t.active().size())
        .description("Transfers that run now")
        .register(registry);
    lost("slipway.audit.lost", "Entries of the audit trail that did not fit", audit::lost);
    lost("slipway.transfers.lost", "Lines of the history that did not fit", log::lost);
    for (AccountStatus status : AccountStatus.values()) {
      Gauge.builder("slipway.accounts", accounts, a -> count(a, status))
          .description("Accounts by their status")
          .tag("status", status.name())
          .register(registry);
    }
    bindMachine();
  }

  /** The page of all figures in the text format of Prometheus. */
  synchronized String page() {
    listeners.register(
        supervisor.statuses().stream()
            .map(s ->
                MultiGauge.Row.of(
                    Tags.of("protocol", s.protocol()),
                    s.state() == ListenerStatus.State.LISTENING ? 1 : 0))
            .toList(),
        true);
    transfers.totals().forEach(this::transferred);
    return registry.scrape();
  }

  private void transferred(String key, LongAdder bytes) {
    String[] parts = key.split(" ");
    FunctionCounter.builder("slipway.transferred", bytes, LongAdder::doubleValue)
        .description("Bytes that transfers moved")
        .baseUnit("bytes")
        .tags("protocol", parts[0], "direction", parts[1], "outcome", parts[2])
        .register(registry);
  }

  private void lost(String name, String description, java.util.function.LongSupplier count) {
    FunctionCounter.builder(name, count, c -> c.getAsLong())
        .description(description)
        .register(registry);
  }

  private void bindMachine() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private static double count(AccountDirectory accounts, AccountStatus status) {
    return accounts.all().stream().filter(a -> a.status() == status).count();
  }
}
