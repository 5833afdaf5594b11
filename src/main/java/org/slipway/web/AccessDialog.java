package org.slipway.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    return refusal == null ? "" : refusal.detail();
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
