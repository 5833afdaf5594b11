package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slipway.accounts.Action;
import org.slipway.accounts.Refusal;
import org.slipway.leases.Network;
import org.slipway.leases.Networks;
import org.slipway.provisioning.Devices;

/** The networks: what the devices of a subnet are told beside their own address. */
@Named
@ViewScoped
public class NetworksPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "networkForm";

  @Inject private transient Networks networks;
  @Inject private transient Devices devices;
  @Inject private transient Me me;
  private NetworkForm form = new NetworkForm();
  private String chosen = "";

  public List<Network> getNetworks() {
    return networks.all().stream().sorted(Comparator.comparing(Network::name)).toList();
  }

  public boolean isNothing() {
    return networks.all().isEmpty();
  }

  public String addresses(Collection<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }

  public void add() {
    form = new NetworkForm();
  }

  public void edit(String name) {
    form = NetworkForm.of(existing(name));
  }

  public void save() {
    me.require(Action.MANAGE_NETWORKS);
    if (Feedback.tried(FORM, this::store)) {
      Feedback.done("networks.saved", form.getName().strip());
    }
  }

  private void store() {
    String name = form.getName().strip();
    if (form.isFresh() && networks.find(name).isPresent()) {
      throw new org.slipway.accounts.InvalidInputException(
          "name", "network.taken", "There is a network of this name already");
    }
    networks.put(form.read(networks.find(name)), OptionalLong.of(form.revision()), me.who());
  }

  /** Opens the dialog that asks before a network is deleted. */
  public void choose(String name) {
    chosen = name;
  }

  /** How many devices have an address in the network that is to be deleted. */
  public long getChosenDevices() {
    return networks
        .find(chosen)
        .map(n ->
            devices.all().stream()
                .filter(d -> d.address().filter(n.subnet()::contains).isPresent())
                .count())
        .orElse(0L);
  }

  public void delete() {
    me.require(Action.MANAGE_NETWORKS);
    if (Feedback.tried(
        "deleteForm", () -> networks.delete(chosen, OptionalLong.empty(), me.who()))) {
      Feedback.done("deleted", chosen);
    }
  }

  private Network existing(String name) {
    return networks
        .find(name)
        .orElseThrow(() ->
            Refusal.of(Refusal.Kind.NO_SUCH_THING, "There is no network " + name).asException());
  }

  public NetworkForm getForm() {
    return form;
  }

  public String getChosen() {
    return chosen;
  }
}
