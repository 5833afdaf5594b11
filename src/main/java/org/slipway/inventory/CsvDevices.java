package org.slipway.inventory;

import java.util.ArrayList;
import java.util.List;
import org.slipway.audit.CsvLine;
import org.slipway.inventory.CsvRows.Row;

/**
 * Devices as comma-separated values: the first line names the columns. A column that is not there
 * leaves what is stored; an empty cell of one that is there says that there is none.
 */
final class CsvDevices {
  private final DeviceList list = new DeviceList();
  private final List<DeviceColumn> columns = new ArrayList<>();

  private CsvDevices() {}

  static DeviceList read(String text) {
    CsvDevices devices = new CsvDevices();
    List<Row> rows =
        CsvRows.of(text).stream()
            .filter(row -> !row.cells().stream().allMatch(String::isBlank))
            .toList();
    if (!rows.isEmpty() && devices.header(rows.getFirst())) {
      rows.subList(1, rows.size()).forEach(devices::row);
    }
    return devices.list;
  }

  private boolean header(Row row) {
    for (String heading : row.cells()) {
      DeviceColumn column = DeviceColumn.headed(heading).orElse(null);
      if (column == null && !heading.isBlank()) {
        list.ignore(row.line(), heading, "import.column", "A column that has no counterpart");
      }
      if (column != null && columns.contains(column)) {
        list.refuse(row.line(), row.text(), "import.columnTwice", "Two columns are " + heading);
        return false;
      }
      columns.add(column);
    }
    if (!columns.contains(DeviceColumn.HARDWARE_ADDRESS)) {
      list.refuse(
          row.line(),
          row.text(),
          "import.header",
          "The first line names the columns; hardwareAddress must be one of them");
      return false;
    }
    return true;
  }

  private void row(Row row) {
    try {
      if (row.broken()) {
        throw new UnreadableEntryException(
            "import.quotes", "The quotation marks of a cell are not closed");
      }
      DeviceEdit edit = new DeviceEdit();
      String mac = "";
      for (int i = 0; i < row.cells().size(); i++) {
        String cell = CsvLine.value(row.cells().get(i));
        DeviceColumn column = i < columns.size() ? columns.get(i) : null;
        if (i >= columns.size() && !cell.isBlank()) {
          throw new UnreadableEntryException(
              "import.cells", "It has more cells than the first line");
        }
        if (column != null) {
          column.read(edit, cell);
        }
        mac = column == DeviceColumn.HARDWARE_ADDRESS ? cell : mac;
      }
      list.add(new ListedDevice(row.line(), row.text(), EntryText.hardwareAddress(mac), edit));
    } catch (UnreadableEntryException e) {
      list.refuse(row.line(), row.text(), e.code(), e.getMessage());
    }
  }
}
