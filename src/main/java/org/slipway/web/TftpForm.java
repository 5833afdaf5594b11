package org.slipway.web;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;
import org.slipway.leases.TftpRules;
import org.slipway.storage.VirtualPath;

/** The fields of the rules for TFTP, as a device's and a network's dialog show them. */
public class TftpForm implements Serializable {
  private static final long serialVersionUID = 1L;

  private String maxBlksize = "";
  private String maxWindowsize = "";
  private Boolean options;
  private Integer rollover;
  private TftpRules.WriteGrant write;
  private String uploadFolder = "";

  static TftpForm of(TftpRules rules) {
    TftpForm form = new TftpForm();
    form.maxBlksize = rules.maxBlksize().map(Object::toString).orElse("");
    form.maxWindowsize = rules.maxWindowsize().map(Object::toString).orElse("");
    form.options = rules.options().orElse(null);
    form.rollover = rules.rollover().orElse(null);
    form.write = rules.write().orElse(null);
    form.uploadFolder = rules.uploadFolder().map(VirtualPath::toString).orElse("");
    return form;
  }

  /**
   * The rules that were entered.
   *
   * @throws InvalidInputException naming the fields
   */
  TftpRules read() {
    List<Violation> bad = new ArrayList<>();
    TftpRules rules =
        new TftpRules(
            number("maxBlksize", maxBlksize, bad),
            number("maxWindowsize", maxWindowsize, bad),
            Optional.ofNullable(options),
            Optional.ofNullable(rollover),
            Optional.ofNullable(write),
            Entered.text(uploadFolder)
                .map(folder -> VirtualPath.parse(Entered.folder("uploadFolder", folder))));
    bad.addAll(rules.violations(""));
    if (!bad.isEmpty()) {
      throw new InvalidInputException(bad);
    }
    return rules;
  }

  private static Optional<Integer> number(String field, String typed, List<Violation> bad) {
    try {
      return Entered.text(typed).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      bad.add(new Violation(field, "count.pattern", "A whole number"));
      return Optional.empty();
    }
  }

  public TftpRules.WriteGrant[] getWriteGrants() {
    return TftpRules.WriteGrant.values();
  }

  public String getMaxBlksize() {
    return maxBlksize;
  }

  public void setMaxBlksize(String maxBlksize) {
    this.maxBlksize = maxBlksize;
  }

  public String getMaxWindowsize() {
    return maxWindowsize;
  }

  public void setMaxWindowsize(String maxWindowsize) {
    this.maxWindowsize = maxWindowsize;
  }

  public Boolean getOptions() {
    return options;
  }

  public void setOptions(Boolean options) {
    this.options = options;
  }

  public Integer getRollover() {
    return rollover;
  }

  public void setRollover(Integer rollover) {
    this.rollover = rollover;
  }

  public TftpRules.WriteGrant getWrite() {
    return write;
  }

  public void setWrite(TftpRules.WriteGrant write) {
    this.write = write;
  }

  public String getUploadFolder() {
    return uploadFolder;
  }

  public void setUploadFolder(String uploadFolder) {
    this.uploadFolder = uploadFolder;
  }
}
