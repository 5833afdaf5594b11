package org.slipway.web;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slipway.accounts.AccessHours;
import org.slipway.accounts.AccessPolicy;
import org.slipway.accounts.Bandwidth;
import org.slipway.accounts.Channel;
import org.slipway.accounts.FolderRule;
import org.slipway.accounts.FtpRules;
import org.slipway.accounts.FtpTls;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.NameCharset;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Violation;
import org.slipway.settings.CidrBlock;
import org.slipway.settings.FtpSettings.TlsDataSession;

/** The fields of an access policy, as an account's and a group's dialog show them. */
public class AccessForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private boolean ownPermissions;
  private Permission[] permissions = Permission.values();
  private final List<FolderRuleRow> folders = new ArrayList<>();
  private Channel[] channels = {};
  private String allowedNetworks = "";
  private String deniedNetworks = "";
  private String zone = ZoneId.systemDefault().getId();
  private final List<HoursRow> hours = new ArrayList<>();
  private String trafficPerDay = "";
  private String trafficPerMonth = "";
  private FtpTls ftpTls;
  private TlsDataSession ftpTlsDataSession;
  private NameCharset nameCharset;
  private String bandwidthUp = "";
  private String bandwidthDown = "";

  static AccessForm of(AccessPolicy policy) {
    AccessForm form = new AccessForm();
    form.ownPermissions = policy.permissions().isPresent();
    form.permissions = sorted(policy.permissions().orElse(Set.of(Permission.values())));
    policy.folders().forEach(rule -> form.folders.add(new FolderRuleRow(rule)));
    form.channels = policy.channels().orElse(Set.of()).stream().sorted().toArray(Channel[]::new);
    form.allowedNetworks = texts(policy.allowedNetworks());
    form.deniedNetworks = texts(policy.deniedNetworks());
    policy
        .hours()
        .ifPresent(h -> {
          form.zone = h.zone().getId();
          h.spans().forEach(span -> form.hours.add(new HoursRow(span)));
        });
    form.trafficPerDay = Sizes.write(policy.trafficPerDay());
    form.trafficPerMonth = Sizes.write(policy.trafficPerMonth());
    form.ftpTls = policy.ftp().tls().orElse(null);
    form.ftpTlsDataSession = policy.ftp().tlsDataSession().orElse(null);
    form.nameCharset = policy.ftp().nameCharset().orElse(null);
    form.bandwidthUp = Sizes.write(policy.bandwidth().up());
    form.bandwidthDown = Sizes.write(policy.bandwidth().down());
    return form;
  }

  static Permission[] sorted(Set<Permission> permissions) {
    return permissions.stream().sorted().toArray(Permission[]::new);
  }

  private static String texts(List<CidrBlock> blocks) {
    return blocks.stream().map(CidrBlock::toString).collect(Collectors.joining(", "));
  }

  /**
   * The policy that was entered.
   *
   * @throws InvalidInputException naming the field
   */
  AccessPolicy read() {
    return new AccessPolicy(
        ownPermissions ? Optional.of(FolderRuleRow.set(permissions)) : Optional.empty(),
        folders.stream().map(FolderRuleRow::read).toList(),
        channels.length == 0
            ? Optional.empty()
            : Optional.of(EnumSet.copyOf(Arrays.asList(channels))),
        networks("allowedNetworks", allowedNetworks),
        networks("deniedNetworks", deniedNetworks),
        hours.isEmpty() ? Optional.empty() : Optional.of(readHours()),
        Sizes.read("trafficPerDay", trafficPerDay),
        Sizes.read("trafficPerMonth", trafficPerMonth),
        new FtpRules(
            Optional.ofNullable(ftpTls),
            Optional.ofNullable(ftpTlsDataSession),
            Optional.ofNullable(nameCharset)),
        new Bandwidth(
            Sizes.read("bandwidthUp", bandwidthUp), Sizes.read("bandwidthDown", bandwidthDown)));
  }

  private AccessHours readHours() {
    try {
      return new AccessHours(ZoneId.of(zone.strip()), hours.stream().map(HoursRow::read).toList());
    } catch (DateTimeException e) {
      throw new InvalidInputException(
          "zone", "zone.unknown", "A time zone such as Europe/Berlin is needed");
    }
  }

  private static List<CidrBlock> networks(String field, String text) {
    return Stream.of(Entered.text(text).orElse("").split("[,;\\s]+"))
        .filter(t -> !t.isEmpty())
        .map(t -> {
          try {
            return CidrBlock.parse(t);
          } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                List.of(
                    new Violation(
                        field, "networks.pattern", t + " is neither an address nor a subnet")));
          }
        })
        .toList();
  }

  public void addFolder() {
    folders.add(
        new FolderRuleRow(new FolderRule("/", Set.of(Permission.LIST, Permission.READ), Set.of())));
  }

  public void removeFolder(int index) {
    folders.remove(index);
  }

  public void addHours() {
    hours.add(new HoursRow());
  }

  public void removeHours(int index) {
    hours.remove(index);
  }

  public boolean isOwnPermissions() {
    return ownPermissions;
  }

  public void setOwnPermissions(boolean ownPermissions) {
    this.ownPermissions = ownPermissions;
  }

  public Permission[] getPermissions() {
    return permissions;
  }

  public void setPermissions(Permission[] permissions) {
    this.permissions = permissions;
  }

  public List<FolderRuleRow> getFolders() {
    return folders;
  }

  public Channel[] getChannels() {
    return channels;
  }

  public void setChannels(Channel[] channels) {
    this.channels = channels;
  }

  public String getAllowedNetworks() {
    return allowedNetworks;
  }

  public void setAllowedNetworks(String allowedNetworks) {
    this.allowedNetworks = allowedNetworks;
  }

  public String getDeniedNetworks() {
    return deniedNetworks;
  }

  public void setDeniedNetworks(String deniedNetworks) {
    this.deniedNetworks = deniedNetworks;
  }

  public String getZone() {
    return zone;
  }

  public void setZone(String zone) {
    this.zone = zone == null ? "" : zone;
  }

  public List<HoursRow> getHours() {
    return hours;
  }

  public String getTrafficPerDay() {
    return trafficPerDay;
  }

  public void setTrafficPerDay(String trafficPerDay) {
    this.trafficPerDay = trafficPerDay;
  }

  public String getTrafficPerMonth() {
    return trafficPerMonth;
  }

  public void setTrafficPerMonth(String trafficPerMonth) {
    this.trafficPerMonth = trafficPerMonth;
  }

  public FtpTls getFtpTls() {
    return ftpTls;
  }

  public void setFtpTls(FtpTls ftpTls) {
    this.ftpTls = ftpTls;
  }

  public TlsDataSession getFtpTlsDataSession() {
    return ftpTlsDataSession;
  }

  public void setFtpTlsDataSession(TlsDataSession ftpTlsDataSession) {
    this.ftpTlsDataSession = ftpTlsDataSession;
  }

  public NameCharset getNameCharset() {
    return nameCharset;
  }

  public void setNameCharset(NameCharset nameCharset) {
    this.nameCharset = nameCharset;
  }

  public String getBandwidthUp() {
    return bandwidthUp;
  }

  public void setBandwidthUp(String bandwidthUp) {
    this.bandwidthUp = bandwidthUp;
  }

  public String getBandwidthDown() {
    return bandwidthDown;
  }

  public void setBandwidthDown(String bandwidthDown) {
    this.bandwidthDown = bandwidthDown;
  }
}
