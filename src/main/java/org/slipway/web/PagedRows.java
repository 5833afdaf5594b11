package org.slipway.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** A table that the database pages: only the rows of the page that is shown are read. */
public final class PagedRows<T> extends LazyDataModel<T> {
  private static final long serialVersionUID = 1L;

  private final transient LongSupplier count;
  private final transient Source<T> source;
  private final transient Function<T, String> key;
  private final transient Function<String, Optional<T>> find;

  /** Reads one page. */
  @FunctionalInterface
  interface Source<T> {
    List<T> page(int offset, int limit);
  }

  /**
   * @param key identifies a row
   * @param find the row of a key
   */
  PagedRows(
      LongSupplier count,
      Source<T> source,
      Function<T, String> key,
      Function<String, Optional<T>> find) {
    this.count = count;
    this.source = source;
    this.key = key;
    this.find = find;
  }

  @Override
  public int count(Map<String, FilterMeta> filters) {
    return (int) Math.min(count.getAsLong(), Integer.MAX_VALUE);
  }

  @Override
  public List<T> load(
      int offset, int limit, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
    return source.page(offset, limit);
  }

  @Override
  public String getRowKey(T row) {
    return key.apply(row);
  }

  @Override
  public T getRowData(String rowKey) {
    return find.apply(rowKey).orElse(null);
  }
}
