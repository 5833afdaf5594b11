package org.slipway.bootp;

import java.util.Map;
import java.util.OptionalLong;
import org.slipway.leases.Network;
import org.slipway.provisioning.BootDecision;
import org.slipway.settings.Settings;

/** The listener on its own ports, in a process of its own, for a test with network namespaces. */
final class NamespaceServer {
  private NamespaceServer() {}

  public static void main(String[] arguments) throws Exception {
    FixedAssignments assignments = new FixedAssignments();
    offer(assignments, "52:54:00:00:00:0a", "10.77.1.50", "boot/a", "10.77.1.0/24");
    offer(assignments, "52:54:00:00:00:0b", "10.77.2.50", "boot/b", "10.77.2.0/24");
    offer(assignments, "52:54:00:00:00:0c", "10.77.9.50", "boot/c", "10.77.9.0/24");
    Settings settings = new Settings(name -> null, name -> null);
    BootpListener listener =
        new BootpListener(
            settings, new ServerAddress(settings), assignments, new RunningListener.PlainThreads());
    listener.bind();
    System.out.println("ready");
    listener.serve();
  }

  private static void offer(
      FixedAssignments assignments, String mac, String address, String file, String subnet) {
    Network network = ServerAddressTest.network(subnet, null);
    BootDecision offer =
        FixedAssignments.offerOf(
            FixedAssignments.device(mac, Map.of()),
            address,
            file,
            OptionalLong.empty(),
            network,
            1);
    assignments.decisions.put(mac, request -> offer);
  }
}
