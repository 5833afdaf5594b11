package org.slipway.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slipway.api.model.Items;

/**
 * How a list that is in memory is searched and ordered.
 *
 * @param texts what the search looks into
 * @param orders by the name of the field
 * @param usual the order where none is asked for
 */
record Listing<T>(
    Function<T, List<String>> texts, Map<String, Comparator<T>> orders, Comparator<T> usual) {

  /** The asked page of all things. */
  <R> Items<R> page(ListParameters parameters, Collection<T> all, Function<T, R> document) {
    ListParameters.Checked checked = parameters.checked(orders.keySet());
    List<T> found = matching(checked, all);
    List<R> page =
        found.stream().skip(checked.offset()).limit(checked.limit()).map(document).toList();
    return new Items<>(page, found.size());
  }

  /** All that are searched for, in the order that is asked for, whatever the page. */
  List<T> matching(ListParameters parameters, Collection<T> all) {
    return matching(parameters.checked(orders.keySet()), all);
  }

  private List<T> matching(ListParameters.Checked checked, Collection<T> all) {
    String wanted = checked.q().toLowerCase(Locale.ROOT);
    return all.stream().filter(thing -> matches(thing, wanted)).sorted(order(checked)).toList();
  }

  private Comparator<T> order(ListParameters.Checked checked) {
    Comparator<T> order =
        checked.sort().isEmpty() ? usual : orders.get(checked.sort()).thenComparing(usual);
    return checked.descending() ? order.reversed() : order;
  }

  private boolean matches(T thing, String wanted) {
    return wanted.isEmpty()
        || texts.apply(thing).stream()
            .filter(Objects::nonNull)
            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }
}
