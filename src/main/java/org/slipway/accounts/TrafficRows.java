package org.slipway.accounts;

import java.time.LocalDate;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table {@code traffic}. */
final class TrafficRows {
  private TrafficRows() {}

  /** What was moved on a day, and in its month up to and with its last day. */
  record Sums(long day, long month) {}

  /** Adds to a day, unless the account is gone. */
  static void add(Handle handle, UUID account, LocalDate day, long bytes) {
    int updated =
        handle.execute(
            "UPDATE traffic SET bytes = bytes + ? WHERE account_id = ? AND on_day = ?",
            bytes,
            account,
            day);
    if (updated == 0) {
      handle.execute(
          """
          INSERT INTO traffic (account_id, on_day, bytes)
            SELECT id, CAST(? AS DATE), CAST(? AS BIGINT) FROM account WHERE id = ?
          """,
          day,
          bytes,
          account);
    }
  }

  static Sums sums(Handle handle, UUID account, LocalDate day) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(SUM(bytes), 0) AS in_month,
              COALESCE(SUM(CASE WHEN on_day = :day THEN bytes ELSE 0 END), 0) AS in_day
            FROM traffic WHERE account_id = :account AND on_day >= :first AND on_day <= :last
            """)
        .bind("day", day)
        .bind("account", account)
        .bind("first", day.withDayOfMonth(1))
        .bind("last", day.withDayOfMonth(day.lengthOfMonth()))
        .map((r, c) -> new Sums(r.getLong("in_day"), r.getLong("in_month")))
        .one();
  }

  static void deleteBefore(Handle handle, LocalDate day) {
    handle.execute("DELETE FROM traffic WHERE on_day < ?", day);
  }
}
