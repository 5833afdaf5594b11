package org.slipway.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * H2 closes its database when it cannot write, as on a full disk, and leaves its connections as
 * they are: they would fail for ever. Without them the database is opened anew by the next one, as
 * soon as that is possible.
 */
final class ClosedDatabase implements SQLExceptionOverride {
  private static final int DATABASE_IS_CLOSED = 90_098;
  private static final int DATABASE_WAS_CLOSED = 90_121;
  private static final int CONNECTION_BROKEN = 90_067;
  private static final int OBJECT_CLOSED = 90_007;
  private static final Set<Integer> LOST =
      Set.of(DATABASE_IS_CLOSED, DATABASE_WAS_CLOSED, CONNECTION_BROKEN, OBJECT_CLOSED);

  /** What the pool says where it has dropped the connection. */
  private static final String EVICTED = "Connection is closed";

  /** Whether something failed because the database had been closed meanwhile. */
  static boolean failed(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException e
          && (LOST.contains(e.getErrorCode()) || EVICTED.equals(e.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  @java.lang.Override
  public Override adjudicate(SQLException e) {
    return LOST.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
