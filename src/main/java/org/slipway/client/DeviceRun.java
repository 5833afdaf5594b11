package org.slipway.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** One device on its way. It walks in one thread; how far it is may be asked by another. */
final class DeviceRun implements ProgressBars {
  private static final Narration SILENCE =
      new Narration(new PrintWriter(Writer.nullWriter()), true);

  private final SimulatedDevice device;
  private final SimulationPlan plan;
  private final LongAdder received;

  private volatile State state = State.WAITING;
  private volatile DeviceResult result;
  private long loginAt;
  private boolean listLeftAlone;

  /** In their order. */
  enum State {
    WAITING,
    BOOTP,
    TFTP,
    FTP,
    DONE,
    FAILED
  }

  /**
   * @param received is told of each octet of a file
   */
  DeviceRun(SimulatedDevice device, SimulationPlan plan, LongAdder received) {
    this.device = device;
    this.plan = plan;
    this.received = received;
  }

  State state() {
    return state;
  }

  /** Empty while it is on its way. */
  Optional<DeviceResult> result() {
    return Optional.ofNullable(result);
  }

  /** Walks the whole sequence. */
  void walk() {
    long start = System.nanoTime();
    state = State.BOOTP;
    Inventory inventory = new Inventory();
    PacketLoss loss = plan.loss(device);
    Optional<CommandFailedException> failure = provision(inventory, loss);
    long end = System.nanoTime();
    result =
        DeviceResult.of(
            device,
            inventory,
            failure,
            new DeviceResult.Times(start, loginAt, end),
            loss.lost(),
            listLeftAlone);
    state = failure.isPresent() ? State.FAILED : State.DONE;
  }

  private Optional<CommandFailedException> provision(Inventory inventory, PacketLoss loss) {
    try {
      new Provisioning(plan.request(device), this::logIn, plan.patience(), SILENCE, this)
          .run(plan.destination(device), loss, inventory);
      return Optional.empty();
    } catch (CommandFailedException e) {
      return Optional.of(e);
    } catch (IOException e) {
      return failed(IoProblem.text(e), e);
    } catch (UncheckedIOException e) {
      return failed(IoProblem.text(e.getCause()), e);
    } catch (RuntimeException e) {
      // One device must not keep the others from being reported.
      return failed(Main.clientFailed(e), e);
    }
  }

  private static Optional<CommandFailedException> failed(String sentence, Exception cause) {
    return Optional.of(new CommandFailedException(ExitCode.FAILED, sentence, cause));
  }

  private Optional<Credentials> logIn() {
    listLeftAlone = plan.credentials().isEmpty();
    if (!listLeftAlone) {
      loginAt = System.nanoTime();
      state = State.FTP;
    }
    return plan.credentials();
  }

  @Override
  public Progress start(String name) {
    boolean boot = loginAt == 0;
    if (boot) {
      state = State.TFTP;
    }
    return new Progress() {
      @Override
      public void expect(long total) {}

      @Override
      public void advance(long bytes) {
        received.add(bytes);
      }

      @Override
      public void close() {
        if (boot) {
          state = State.BOOTP;
        }
      }
    };
  }
}
