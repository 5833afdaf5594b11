package org.slipway.startup;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.SECONDS;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import java.util.concurrent.CompletableFuture;

/**
 * Ends the process with a non-zero status when the portal could not be deployed: Payara Micro would
 * live on without it and answer 404, so that whoever supervises the process sees nothing wrong.
 *
 * <p>An extension, because it exists before every bean and outlives all of them: CDI shuts down
 * under a running process only when the deployment has failed. Does so only where {@value
 * #PROPERTY} is set: in a shared container the process is not ours.
 */
public class EndOnFailedStart implements Extension {

  static final String PROPERTY = "slipway.exit-on-failure";

  /** The container names the cause only after CDI has shut down. */
  private static final int SECONDS_TO_LOG_THE_CAUSE = 1;

  private final CompletableFuture<Void> undeployed = new CompletableFuture<>();

  /**
   * Prepares everything: by the time of the shutdown our class loader is closed and loads nothing
   * more.
   */
  public EndOnFailedStart() {
    if (Boolean.getBoolean(PROPERTY)) {
      Runtime process = Runtime.getRuntime();
      // Where the process is ending anyway, this second exit waits and changes nothing.
      undeployed.thenRunAsync(
          () -> process.exit(1), delayedExecutor(SECONDS_TO_LOG_THE_CAUSE, SECONDS));
    }
  }

  void undeployed(@Observes BeforeShutdown event) {
    undeployed.complete(null);
  }
}
