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
  private static final int CONNECTION_BROKEN = 90_067;
  private static final int OBJECT_CLOSED = 90_007;
  private static final Set<Integer> LOST =
      Set.of(DATABASE_IS_CLOSED, CONNECTION_BROKEN, OBJECT_CLOSED);

  @java.lang.Override
  public Override adjudicate(SQLException e) {
    return LOST.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
