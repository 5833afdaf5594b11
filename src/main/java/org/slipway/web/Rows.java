package org.slipway.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/**
 * A table over things that are in memory anyway: only the rows of the page that is shown are made,
 * so that a hundred thousand of them open at once.
 */
public final class Rows<T> extends LazyDataModel<T> {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<Collection<T>> all;
  private final transient Function<T, String> key;
  private final transient Function<T, String> searched;
  private final transient Map<String, Comparator<T>> orders;
  private final transient Comparator<T> before;
  private final String first;
  private String query = "";

  /**
   * @param key identifies a row
   * @param searched the text in which the reader's words are looked for
   * @param orders by the name of the column
   * @param first name of the order that holds until the reader chooses another
   */
  Rows(
      Supplier<Collection<T>> all,
      Function<T, String> key,
      Function<T, String> searched,
      Map<String, Comparator<T>> orders,
      String first) {
    this(all, key, searched, orders, first, (a, b) -> 0);
  }

  /**
   * @param before what comes before the order that the reader chooses, such as folders
   */
  Rows(
      Supplier<Collection<T>> all,
      Function<T, String> key,
      Function<T, String> searched,
      Map<String, Comparator<T>> orders,
      String first,
      Comparator<T> before) {
    this.before = before;
    this.all = all;
    this.key = key;
    this.searched = searched;
    this.orders = orders;
    this.first = first;
  }

  @Override
  public int count(Map<String, FilterMeta> filters) {
    return (int) matching().count();
  }

  @Override
  public List<T> load(
      int offset, int limit, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
    return matching().sorted(before.thenComparing(order(sorts))).skip(offset).limit(limit).toList();
  }

  private Comparator<T> order(Map<String, SortMeta> sorts) {
    return sorts.values().stream()
        .filter(s -> orders.containsKey(s.getField()))
        .findFirst()
        .map(s -> directed(orders.get(s.getField()), s))
        .orElse(orders.get(first));
  }

  private static <T> Comparator<T> directed(Comparator<T> order, SortMeta sort) {
    return sort.getOrder().isDescending() ? order.reversed() : order;
  }

  private Stream<T> matching() {
    String[] words = query.toLowerCase(Locale.ROOT).strip().split("\\s+");
    return all.get().stream().filter(row -> matches(row, words));
  }

  private boolean matches(T row, String[] words) {
    String text = searched.apply(row).toLowerCase(Locale.ROOT);
    return Stream.of(words).allMatch(text::contains);
  }

  @Override
  public String getRowKey(T row) {
    return key.apply(row);
  }

  @Override
  public T getRowData(String rowKey) {
    return all.get().stream().filter(r -> key.apply(r).equals(rowKey)).findFirst().orElse(null);
  }

  /** Whether there is nothing at all, whatever the query. */
  public boolean isNothing() {
    return all.get().isEmpty();
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query == null ? "" : query;
  }
}
