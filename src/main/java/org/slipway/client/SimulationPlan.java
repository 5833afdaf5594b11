package org.slipway.client;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What each device of a simulation does.
 *
 * @param credentials empty if the listed files are left alone
 * @param into folder with one of each device in it; empty if nothing is kept
 * @param loss percent of the UDP packets, each way
 * @param seed of the loss; each device has its own from it
 */
record SimulationPlan(
    InetAddress host,
    ServerOptions server,
    Optional<Credentials> credentials,
    Patience patience,
    Optional<Path> into,
    int loss,
    long seed) {

  ProvisionRequest request(SimulatedDevice device) {
    return server.request(host, false, device.hardware(), Optional.of(device.address()), 1);
  }

  Destination destination(SimulatedDevice device) {
    String name = MacAddressConverter.spelt(device.hardware()).replace(':', '-');
    return into.<Destination>map(
            folder -> DestinationFolder.at(folder.resolve(name), PartialFile.SMALL_PIECE))
        .orElseGet(
            () -> new DigestedOnly(server.list().map(list -> RemoteName.ofBootFile(list).text())));
  }

  PacketLoss loss(SimulatedDevice device) {
    return new PacketLoss(loss, seed + device.number());
  }
}
