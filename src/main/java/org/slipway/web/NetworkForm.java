package org.slipway.web;

import java.io.Serializable;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;
import org.slipway.leases.Network;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.SettingText;

/** The fields of the dialog in which a network is made or changed; addresses as they are typed. */
public class NetworkForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private long revision = -1;
  private String name = "";
  private String subnet = "";
  private String serverAddress = "";
  private String router = "";
  private String dnsServers = "";
  private String ntpServers = "";
  private String domain = "";
  private String variables = "";
  private TftpForm tftp = new TftpForm();
  private String pools = "";
  private String unknownDevices = Network.UnknownDevices.IGNORE.name();
  private String relays = "";

  static NetworkForm of(Network n) {
    NetworkForm form = new NetworkForm();
    form.revision = n.revision();
    form.name = n.name();
    form.subnet = n.subnet().toString();
    form.serverAddress = n.serverAddress().map(InetAddress::getHostAddress).orElse("");
    form.router = n.router().map(InetAddress::getHostAddress).orElse("");
    form.dnsServers = texts(n.dnsServers());
    form.ntpServers = texts(n.ntpServers());
    form.domain = n.domain().orElse("");
    form.variables = Entered.lines(n.variables());
    form.tftp = TftpForm.of(n.tftp());
    form.pools =
        n.pools().stream()
            .map(p -> p.first().getHostAddress() + "-" + p.last().getHostAddress())
            .collect(Collectors.joining(", "));
    form.unknownDevices = n.unknownDevices().name();
    form.relays = texts(n.relays());
    return form;
  }

  private static String texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }

  /**
   * The network that the fields say.
   *
   * @param old what this page has no fields for is kept from it
   */
  Network read(Optional<Network> old) {
    List<Violation> bad = new ArrayList<>();
    Optional<CidrBlock> block = subnet(bad);
    Optional<InetAddress> server = one("serverAddress", serverAddress, bad);
    Optional<InetAddress> gateway = one("router", router, bad);
    List<InetAddress> dns = several("dnsServers", dnsServers, bad);
    List<InetAddress> ntp = several("ntpServers", ntpServers, bad);
    List<Network.Pool> ranges = pools(bad);
    List<InetAddress> agents = several("relays", relays, bad);
    Map<String, String> named = Entered.map("variables", variables, bad);
    if (!bad.isEmpty()) {
      throw new InvalidInputException(bad);
    }
    return new Network(
        name.strip(),
        block.orElseThrow(),
        server,
        gateway,
        dns,
        ntp,
        Entered.text(domain),
        ranges,
        agents,
        Network.UnknownDevices.valueOf(unknownDevices),
        old.map(Network::options).orElse(Map.of()),
        named,
        tftp.read(),
        0);
  }

  private Optional<CidrBlock> subnet(List<Violation> bad) {
    Violation wrong = new Violation("subnet", "subnet.pattern", "A subnet such as 10.0.0.0/24");
    return parsed(subnet.strip(), NetworkForm::block, wrong, bad);
  }

  private List<Network.Pool> pools(List<Violation> bad) {
    Violation wrong =
        new Violation("pools", "pool.pattern", "Two addresses such as 10.0.0.100-10.0.0.199");
    return Stream.of(pools.split("[,;]"))
        .map(String::strip)
        .filter(t -> !t.isEmpty())
        .flatMap(t -> parsed(t, NetworkForm::pool, wrong, bad).stream())
        .toList();
  }

  private static Network.Pool pool(String text) {
    String[] ends = text.split("-", -1);
    if (ends.length != 2) {
      throw new IllegalArgumentException(text);
    }
    return new Network.Pool(
        SettingText.address(ends[0].strip()), SettingText.address(ends[1].strip()));
  }

  /** An address without a prefix length is one host, which nobody means here. */
  private static CidrBlock block(String text) {
    if (text.indexOf('/') < 0) {
      throw new IllegalArgumentException(text);
    }
    return CidrBlock.parse(text);
  }

  private static Optional<InetAddress> one(String field, String text, List<Violation> bad) {
    return Entered.text(text).flatMap(t -> parsed(t, SettingText::address, wrong(field, t), bad));
  }

  private static List<InetAddress> several(String field, String text, List<Violation> bad) {
    return Stream.of(Entered.text(text).orElse("").split("[,;\\s]+"))
        .filter(t -> !t.isEmpty())
        .flatMap(t -> parsed(t, SettingText::address, wrong(field, t), bad).stream())
        .toList();
  }

  private static Violation wrong(String field, String text) {
    return new Violation(field, "address.numeric", text + " is no numeric address");
  }

  private static <T> Optional<T> parsed(
      String text, Function<String, T> reader, Violation otherwise, List<Violation> bad) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      bad.add(otherwise);
      return Optional.empty();
    }
  }

  public TftpForm getTftp() {
    return tftp;
  }

  public boolean isFresh() {
    return revision < 0;
  }

  long revision() {
    return revision;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getSubnet() {
    return subnet;
  }

  public void setSubnet(String subnet) {
    this.subnet = subnet;
  }

  public String getServerAddress() {
    return serverAddress;
  }

  public void setServerAddress(String serverAddress) {
    this.serverAddress = serverAddress;
  }

  public String getRouter() {
    return router;
  }

  public void setRouter(String router) {
    this.router = router;
  }

  public String getDnsServers() {
    return dnsServers;
  }

  public void setDnsServers(String dnsServers) {
    this.dnsServers = dnsServers;
  }

  public String getNtpServers() {
    return ntpServers;
  }

  public void setNtpServers(String ntpServers) {
    this.ntpServers = ntpServers;
  }

  public String getVariables() {
    return variables;
  }

  public void setVariables(String variables) {
    this.variables = variables;
  }

  public String getDomain() {
    return domain;
  }

  public void setDomain(String domain) {
    this.domain = domain;
  }

  public String getPools() {
    return pools;
  }

  public void setPools(String pools) {
    this.pools = pools;
  }

  public String getUnknownDevices() {
    return unknownDevices;
  }

  public void setUnknownDevices(String unknownDevices) {
    this.unknownDevices = unknownDevices;
  }

  /** What can be said of unknown devices. */
  public List<String> getChoices() {
    return Stream.of(Network.UnknownDevices.values()).map(Enum::name).toList();
  }

  public String getRelays() {
    return relays;
  }

  public void setRelays(String relays) {
    this.relays = relays;
  }
}
