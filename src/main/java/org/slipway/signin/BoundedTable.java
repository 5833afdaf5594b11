package org.slipway.signin;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is remembered of strangers: never more than so many entries, however many strangers there
 * are. Where one must go, it is the lightest of the oldest few, so that a flood of newcomers does
 * not wash away what weighs. Not safe for threads.
 */
final class BoundedTable<K, V> {
  private static final int CANDIDATES = 16;

  private final int most;
  private final ToDoubleFunction<V> weight;
  private final Map<K, V> entries = new LinkedHashMap<>();

  BoundedTable(int most, ToDoubleFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  Optional<V> get(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** Stores it as the newest. */
  void put(K key, V value) {
    entries.remove(key);
    if (entries.size() >= most) {
      dropLightest();
    }
    entries.put(key, value);
  }

  Optional<V> remove(K key) {
    return Optional.ofNullable(entries.remove(key));
  }

  Map<K, V> entries() {
    return entries;
  }

  private void dropLightest() {
    K lightest = null;
    double least = Double.MAX_VALUE;
    Iterator<Map.Entry<K, V>> oldest = entries.entrySet().iterator();
    for (int i = 0; i < CANDIDATES && oldest.hasNext(); i++) {
      Map.Entry<K, V> entry = oldest.next();
      double own = weight.applyAsDouble(entry.getValue());
      if (lightest == null || own < least) {
        lightest = entry.getKey();
        least = own;
      }
    }
    entries.remove(lightest);
  }
}
