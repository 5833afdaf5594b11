package org.slipway.listeners;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slipway.listeners.ListenerStatus.State;
import org.slipway.settings.BadSettingException;

/** Starts, watches and stops the listeners. One that cannot run says why; the others go on. */
@Singleton
public final class ListenerSupervisor {
  private static final Logger LOG = Logger.getLogger(ListenerSupervisor.class.getName());

  private final ListenerThreads threads;
  private final Clock clock;
  private final Map<String, Supervised> listeners = new TreeMap<>();

  @Inject
  public ListenerSupervisor(
      @Any Instance<ProtocolListener> listeners, ListenerThreads threads, Clock clock) {
    this(listeners.stream().toList(), threads, clock);
  }

  public ListenerSupervisor(
      List<ProtocolListener> listeners, ListenerThreads threads, Clock clock) {
    this.threads = threads;
    this.clock = clock;
    for (ProtocolListener listener : listeners) {
      this.listeners.put(listener.protocol(), new Supervised(listener));
    }
  }

  /** Starts every listener that the settings enable. */
  public void startEnabled() {
    for (Supervised s : listeners.values()) {
      if (s.listener.enabled()) {
        start(s.listener.protocol());
      }
    }
  }

  /** Starts one; its new status says whether that worked. Does nothing while it listens. */
  public ListenerStatus start(String protocol) {
    Supervised s = supervised(protocol);
    synchronized (s) {
      if (s.status.state() != State.LISTENING) {
        bindAndServe(s);
      }
      return s.status;
    }
  }

  /** Stops one and ends its sessions. */
  public ListenerStatus stop(String protocol) {
    Supervised s = supervised(protocol);
    synchronized (s) {
      s.generation++;
      s.listener.stop();
      s.become(State.STOPPED, Optional.empty(), Optional.empty());
      return s.status;
    }
  }

  /** Stops all, whatever one of them does. */
  public void stopAll() {
    List<RuntimeException> failures = new ArrayList<>();
    for (String protocol : listeners.keySet()) {
      try {
        stop(protocol);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    failures.forEach(e -> LOG.log(Level.SEVERE, "A listener did not stop cleanly", e));
  }

  public List<ListenerStatus> statuses() {
    return listeners.values().stream()
        .filter(s -> s.listener.isOffered())
        .map(Supervised::status)
        .toList();
  }

  public Optional<ListenerStatus> status(String protocol) {
    return Optional.ofNullable(listeners.get(protocol))
        .filter(s -> s.listener.isOffered())
        .map(Supervised::status);
  }

  private Supervised supervised(String protocol) {
    Supervised s = listeners.get(protocol);
    if (s == null) {
      throw new IllegalArgumentException("No listener " + protocol);
    }
    return s;
  }

  private void bindAndServe(Supervised s) {
    String protocol = s.listener.protocol();
    try {
      InetSocketAddress address = s.listener.bind();
      long generation = ++s.generation;
      s.become(State.LISTENING, Optional.of(address), Optional.empty());
      startLoop(s, generation);
      LOG.info(() -> protocol + " listens on " + address);
      s.listener
          .implicitTlsPort()
          .ifPresent(port -> LOG.info(() -> protocol + " listens with implicit TLS on " + port));
    } catch (IOException | RuntimeException e) {
      String why = explain(protocol, s.listener.configuredPort(), e);
      s.become(State.FAILED, Optional.empty(), Optional.of(why));
      LOG.severe(why);
    }
  }

  private void startLoop(Supervised s, long generation) {
    try {
      threads.loop(s.listener.protocol(), () -> serve(s, generation));
    } catch (RejectedExecutionException e) {
      s.listener.stop();
      throw e;
    }
  }

  /** A loop that begins only when its listener was stopped again must not serve the next one. */
  private static boolean isOver(Supervised s, long generation) {
    synchronized (s) {
      return s.generation != generation;
    }
  }

  private void serve(Supervised s, long generation) {
    if (isOver(s, generation)) {
      return;
    }
    String error = null;
    try {
      s.listener.serve();
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(Level.SEVERE, "The listener " + s.listener.protocol() + " ended", e);
      error = "The listener ended by a fault; the log has the details. Start it again.";
    }
    synchronized (s) {
      if (s.generation == generation) {
        s.listener.stop();
        s.become(
            error == null ? State.STOPPED : State.FAILED,
            Optional.empty(),
            Optional.ofNullable(error));
      }
    }
  }

  private static String explain(String protocol, int port, Exception e) {
    return switch (e) {
      case PortUnavailableException other when other.getCause() instanceof IOException cause ->
          explain(protocol, other.port(), other.setting(), cause);
      case BadSettingException bad -> protocol + " cannot be started: " + bad.getMessage() + ".";
      default -> explain(protocol, port, "slipway." + protocol + ".port", e);
    };
  }

  /** Says which port, what is wrong with it and what helps. */
  private static String explain(String protocol, int port, String setting, Exception e) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("Permission denied")) {
      return "%s cannot use port %d: ports below 1024 need a privilege. Set %s to another port, or give the process CAP_NET_BIND_SERVICE."
          .formatted(protocol, port, setting);
    }
    if (e instanceof BindException && text.contains("in use")) {
      return "%s cannot use port %d: another program has it. End that program, or set %s to another port."
          .formatted(protocol, port, setting);
    }
    if (e instanceof BindException) {
      return "%s cannot use port %d: the address of slipway.bind.address is none of this machine."
          .formatted(protocol, port);
    }
    LOG.log(Level.SEVERE, protocol + " cannot be started", e);
    return "%s cannot use port %d; the log has the details.".formatted(protocol, port);
  }

  private final class Supervised {
    private final ProtocolListener listener;
    private long generation;
    private volatile ListenerStatus status;

    Supervised(ProtocolListener listener) {
      this.listener = listener;
      become(State.STOPPED, Optional.empty(), Optional.empty());
    }

    void become(State state, Optional<InetSocketAddress> address, Optional<String> error) {
      status =
          new ListenerStatus(
              listener.protocol(),
              state,
              address,
              listener.configuredPort(),
              listener.implicitTlsPort(),
              error,
              clock.instant(),
              Optional.empty());
    }

    ListenerStatus status() {
      return status.warning(listener.warning());
    }
  }
}
