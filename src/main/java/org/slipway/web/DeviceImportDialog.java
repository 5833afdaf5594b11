package org.slipway.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slipway.accounts.Action;
import org.slipway.accounts.InvalidInputException;
import org.slipway.inventory.DeviceImport;
import org.slipway.inventory.DeviceListFormat;
import org.slipway.inventory.ImportReport;
import org.slipway.inventory.ImportReport.Outcome;
import org.slipway.inventory.LineRemark;

/** The dialog that takes over a list of devices: a file or a text, what it would do, then so. */
@Named
@ViewScoped
public class DeviceImportDialog implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "importForm";

  @Inject private transient DeviceImport devices;
  @Inject private transient Me me;
  private DeviceListFormat format = DeviceListFormat.CSV;
  private String text = "";
  private String read = "";
  private boolean partial;
  private transient Part file;
  private transient ImportReport report;

  /**
   * A line of the preview.
   *
   * @param outcome a state that has a word
   * @param entry the device, or the line as it came
   * @param detail what changes, or why not
   */
  public record Row(int line, String outcome, String entry, String detail) {}

  public void open() {
    text = "";
    read = "";
    file = null;
    back();
  }

  /** Shows what would become of each line. */
  public void preview() {
    me.require(Action.MANAGE_DEVICES);
    partial = false;
    if (!Feedback.tried(FORM, this::readAndPreview)) {
      report = null;
    }
    file = null;
  }

  private void readAndPreview() {
    read = file != null && file.getSize() > 0 ? DeviceImport.text(content()) : text;
    if (read.isBlank()) {
      throw new InvalidInputException("text", "import.needed", "Choose a file or paste a list");
    }
    report = devices.preview(format, read);
  }

  /** One byte more than may be, so that what is too large is refused as such. */
  private byte[] content() {
    try (InputStream in = file.getInputStream()) {
      return in.readNBytes(DeviceImport.MOST_BYTES + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores it, if nothing has been refused or the rest is wanted all the same. */
  public void apply() {
    me.require(Action.MANAGE_DEVICES);
    if (!Feedback.tried(FORM, this::store)) {
      return;
    }
    if (!report.applied()) {
      Feedback.error(Words.text("import.notApplied"));
      FacesContext.getCurrentInstance().validationFailed();
      return;
    }
    Feedback.done("import.applied", report.count(Outcome.ADDED), report.count(Outcome.CHANGED));
    open();
  }

  /** From the text, so that it works where the preview did not outlive a restart. */
  private void store() {
    report = devices.apply(format, read, partial, me.who());
  }

  /** Returns to what was entered. */
  public void back() {
    report = null;
    partial = false;
  }

  public ImportReport getReport() {
    return report;
  }

  public String getCounts() {
    return Words.text(
        "import.counts",
        report.count(Outcome.ADDED),
        report.count(Outcome.CHANGED),
        report.count(Outcome.UNCHANGED),
        report.refused().size());
  }

  /** What was refused, then what was left out, then each device, by line. */
  public List<Row> getRows() {
    List<Row> rows = new ArrayList<>();
    remarks("REFUSED", report.refused(), rows);
    remarks("LEFT_OUT", report.ignored(), rows);
    report.lines().stream()
        .sorted(Comparator.comparing(ImportReport.Line::line))
        .forEach(l ->
            rows.add(
                new Row(
                    l.line(),
                    l.outcome().name(),
                    (l.device().hardwareAddress() + " " + l.device().name()).strip(),
                    changes(l))));
    return rows;
  }

  private static void remarks(String outcome, List<LineRemark> remarks, List<Row> rows) {
    remarks.forEach(r -> rows.add(new Row(r.line(), outcome, r.text(), Words.text(r.reason()))));
  }

  private static String changes(ImportReport.Line line) {
    return line.changes().stream()
        .map(field -> Words.find("device." + field).orElse(field))
        .collect(Collectors.joining(", "));
  }

  public DeviceListFormat getFormat() {
    return format;
  }

  public void setFormat(DeviceListFormat format) {
    this.format = format;
  }

  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text == null ? "" : text;
  }

  public Part getFile() {
    return file;
  }

  public void setFile(Part file) {
    this.file = file;
  }

  public boolean isPartial() {
    return partial;
  }

  public void setPartial(boolean partial) {
    this.partial = partial;
  }
}
