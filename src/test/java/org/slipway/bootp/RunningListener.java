package org.slipway.bootp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slipway.listeners.ListenerThreads;
import org.slipway.portal.FreePorts;
import org.slipway.provisioning.BootAssignments;
import org.slipway.settings.Settings;

/** A real BOOTP listener on a free loopback port, without a container. */
public final class RunningListener implements AutoCloseable {
  private final BootpListener listener;
  private final InetSocketAddress address;
  private final PlainThreads threads = new PlainThreads();
  private final Future<?> loop;

  private RunningListener(BootAssignments assignments, Settings settings) throws IOException {
    listener = new BootpListener(settings, new ServerAddress(settings), assignments, threads);
    address = listener.bind();
    loop = threads.loop("bootp", this::serve);
  }

  /** On 127.0.0.1 and a free port. */
  public static RunningListener start(BootAssignments assignments) throws IOException {
    return start(assignments, Map.of());
  }

  /**
   * @param settings names and values beside port and address, or in place of them
   */
  public static RunningListener start(BootAssignments assignments, Map<String, String> settings)
      throws IOException {
    Map<String, String> all = new HashMap<>();
    all.put("slipway.bind.address", "127.0.0.1");
    all.put("slipway.bootp.port", String.valueOf(FreePorts.next()));
    all.put("slipway.bootp.server-name", "boot.example.org");
    all.putAll(settings);
    return new RunningListener(assignments, new Settings(all::get, name -> null));
  }

  public InetSocketAddress address() {
    return address;
  }

  public BootpListener listener() {
    return listener;
  }

  public RfcClient client() throws IOException {
    return new RfcClient(InetAddress.ofLiteral("127.0.0.1"), address);
  }

  /** Ends it and waits for its loop. */
  @Override
  public void close() {
    listener.stop();
    try {
      loop.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the loop does not end well", e);
    } finally {
      threads.close();
    }
  }

  private void serve() {
    try {
      listener.serve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Threads as the container would give them. */
  public static final class PlainThreads implements ListenerThreads, AutoCloseable {
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService loops =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    @Override
    public Future<?> loop(String name, Runnable task) {
      return loops.submit(task);
    }

    @Override
    public Future<?> session(String name, Runnable session) {
      return executor.submit(session);
    }

    @Override
    public <T> Future<T> bulk(Callable<T> transfer) {
      return loops.submit(transfer);
    }

    @Override
    public <T> Future<T> work(Callable<T> work) {
      return bulk(work);
    }

    @Override
    public Future<?> every(String name, Duration pause, Runnable task) {
      throw new UnsupportedOperationException("BOOTP has no periodic task");
    }

    @Override
    public void close() {
      executor.shutdownNow();
      loops.shutdownNow();
    }
  }
}
