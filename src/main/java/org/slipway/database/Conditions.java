package org.slipway.database;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/** The conditions of a query and their values; no text of a reader gets into the SQL. */
public final class Conditions {
  private final Map<String, Object> values = new HashMap<>();
  private String sql = "";

  /**
   * Adds one that must hold too.
   *
   * @param condition in SQL, with the parameter {@code :name} and those that were given before
   */
  public Conditions and(String condition, String name, Object value) {
    sql += (sql.isEmpty() ? " WHERE " : " AND ") + condition;
    values.put(name, value);
    return this;
  }

  /** The WHERE clause with a space before it; empty where there is no condition. */
  public String sql() {
    return sql;
  }

  public Query bind(Query query) {
    return query.bindMap(values);
  }

  /**
   * A pattern for {@code LOWER(column) LIKE} that finds the text anywhere, and no wildcard in it.
   */
  public static String containing(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return "%" + plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
