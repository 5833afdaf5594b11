package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slipway.accounts.AccessExplanation;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.AccountEdit;
import org.slipway.accounts.Accounts;
import org.slipway.accounts.Action;
import org.slipway.accounts.Channel;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Permission;
import org.slipway.accounts.Refusal;
import org.slipway.settings.SettingText;
import org.slipway.storage.VirtualPath;

/** What an account may do, from where and when: to change it, and to ask why. */
@Named
@ViewScoped
public class AccessDialog implements Serializable {
  private static final long serialVersionUID = 1L;

  @Inject private transient Accounts accounts;
  @Inject private transient AccountDirectory directory;
  @Inject private transient AccessExplanation explanation;
  @Inject private transient Me me;
  private String username = "";
  private long revision;
  private List<String> groups = List.of();
  private AccessForm access = new AccessForm();
  private String path = "/";
  private Channel channel = Channel.FTP;
  private String address = "";
  private transient AccessExplanation.Explanation explained;

  public void open(String chosen) {
    Account account = existing(chosen);
    username = account.username();
    revision = account.revision();
    groups = account.groups();
    access = AccessForm.of(account.policy());
  }

  public void save() {
    me.require(Action.MANAGE_ACCOUNTS);
    boolean saved =
        Feedback.tried(
            "accessForm",
            () ->
                accounts.change(
                    username,
                    OptionalLong.of(revision),
                    a -> AccountEdit.of(a).access(groups, access.read()).account(),
                    me.who()));
    if (saved) {
      Feedback.done("saved");
    }
  }

  /** Opens the dialog that asks what the account may do. */
  public void ask(String chosen) {
    username = existing(chosen).username();
    path = "/";
    address = "";
    explain();
  }

  public void explain() {
    me.require(Action.MANAGE_ACCOUNTS);
    explained = null;
    Feedback.tried(
        "effectiveForm",
        () ->
            explained =
                explanation.explain(
                    existing(username), channel, VirtualPath.parse(path).toString(), from()));
  }

  private Optional<InetAddress> from() {
    return Entered.text(address)
        .map(text -> {
          try {
            return SettingText.address(text);
          } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                "address", "address.numeric", text + " is no numeric address");
          }
        });
  }

  private Account existing(String name) {
    return directory
        .byUsername(name)
        .orElseThrow(() ->
            Refusal.of(Refusal.Kind.NO_SUCH_THING, "There is no account " + name).asException());
  }

  /** The answer; null where there is none. */
  public AccessExplanation.Explanation getExplained() {
    return explained;
  }

  public boolean allows(Permission permission) {
    return explained.allows(permission);
  }

  /** Why not; empty where it is allowed. */
  public String why(Permission permission) {
    Refusal refusal = explained.refusals().get(permission);
    return refusal == null ? "" : Words.text(refusal);
  }

  /** What a rule says: in English its own text, else the same made of words. */
  public String says(AccessExplanation.Rule rule) {
    if (Words.isEnglish()) {
      return rule.text();
    }
    List<String> values = rule.values();
    return switch (rule.rule()) {
      case "state" ->
          explained.refusals().values().stream()
              .filter(refusal -> !rule.passed())
              .findFirst()
              .map(Words::text)
              .orElseGet(() -> Words.text("access.says.active"));
      case "channel" -> words("channel.", values);
      case "network" ->
          Words.text(rule.passed() ? "access.says.allowed" : "access.says.denied", values.get(0));
      case "hours" -> Words.text(rule.passed() ? "access.says.now" : "access.says.notNow");
      case "path", "below" ->
          values.get(0) + ": " + words("permission.", values.subList(1, values.size()));
      case "tls" -> words("access.ftpTls.", values);
      case "tlsDataSession" -> words("access.ftpTlsDataSession.", values);
      case "names" -> words("access.nameCharset.", values);
      case "bandwidth" -> Words.text("access.says." + values.get(0), values.get(1));
      default -> rule.text();
    };
  }

  private static String words(String prefix, List<String> codes) {
    return codes.isEmpty()
        ? Words.text("access.nothing")
        : codes.stream()
            .map(code -> Words.find(prefix + code).orElse(code))
            .collect(Collectors.joining(", "));
  }

  /** Who says so. */
  public String source(String source) {
    if (Words.isEnglish()) {
      return source;
    }
    return switch (source) {
      case "the account" -> Words.text("access.source.account");
      case "the default" -> Words.text("access.source.default");
      default ->
          source
              .replaceFirst("^group ", Words.text("access.source.group") + " ")
              .replaceFirst("^the setting ", Words.text("access.source.setting") + " ");
    };
  }

  public String getUsername() {
    return username;
  }

  public List<String> getGroups() {
    return groups;
  }

  /** Those that were there keep their order, new ones come behind them. */
  public void setGroups(List<String> chosen) {
    List<String> wanted = chosen == null ? List.of() : chosen;
    groups =
        Stream.concat(groups.stream().filter(wanted::contains), wanted.stream())
            .distinct()
            .toList();
  }

  public AccessForm getAccess() {
    return access;
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path == null ? "" : path;
  }

  public Channel getChannel() {
    return channel;
  }

  public void setChannel(Channel channel) {
    this.channel = channel;
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address;
  }
}
