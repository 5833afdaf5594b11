package org.slipway.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.DayOfWeek;
import java.util.Comparator;
import java.util.List;
import org.slipway.accounts.Account;
import org.slipway.accounts.AccountDirectory;
import org.slipway.accounts.Channel;
import org.slipway.accounts.FtpTls;
import org.slipway.accounts.Group;
import org.slipway.accounts.Groups;
import org.slipway.accounts.NameCharset;
import org.slipway.accounts.Permission;
import org.slipway.settings.FtpSettings.TlsDataSession;

/** What the choosers of access dialogs offer. */
@Named
@ApplicationScoped
public class AccessChoices {
  private static final int MOST_SHOWN = 20;

  @Inject private Groups groups;
  @Inject private AccountDirectory accounts;

  public Permission[] getPermissions() {
    return Permission.values();
  }

  /** The ways by which an account can come. */
  public List<Channel> getChannels() {
    return List.of(Channel.WEB, Channel.API, Channel.FTP);
  }

  public FtpTls[] getFtpTls() {
    return FtpTls.values();
  }

  public TlsDataSession[] getTlsDataSessions() {
    return TlsDataSession.values();
  }

  public NameCharset[] getNameCharsets() {
    return NameCharset.values();
  }

  public DayOfWeek[] getDays() {
    return DayOfWeek.values();
  }

  public List<String> getGroups() {
    return groups.all().stream().map(Group::name).sorted().toList();
  }

  /** User names that begin with what was typed. */
  public List<String> accounts(String typed) {
    return accounts.all().stream()
        .map(Account::username)
        .filter(name -> name.startsWith(typed.strip()))
        .sorted(Comparator.naturalOrder())
        .limit(MOST_SHOWN)
        .toList();
  }
}
