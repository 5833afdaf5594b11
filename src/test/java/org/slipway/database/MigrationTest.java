package org.slipway.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What an older portal stored is understood by a newer one. */
class MigrationTest {
  private static final String URL = "jdbc:h2:mem:migration;DB_CLOSE_DELAY=-1";

  @Test
  void permissionsOfAnAccountBecomeItsPolicy() throws Exception {
    migrateTo("006");
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement()) {
      insert(statement, 1, "DELETE,LIST,MAKE_FOLDER,OVERWRITE,READ,RENAME,WRITE");
      insert(statement, 2, "LIST,READ");
      insert(statement, 3, "");
      migrateTo("007");
      assertThat(policy(statement, 1)).as("everything is what nobody limits").isEqualTo("{}");
      assertThat(policy(statement, 2)).isEqualTo("{\"permissions\":[\"LIST\",\"READ\"]}");
      assertThat(policy(statement, 3)).isEqualTo("{\"permissions\":[]}");
    }
  }

  private static void migrateTo(String version) {
    Flyway.configure()
        .dataSource(URL, "", "")
        .locations("classpath:db/migration")
        .target(version)
        .load()
        .migrate();
  }

  private static void insert(Statement statement, int n, String permissions) throws Exception {
    statement.execute(
        """
        INSERT INTO account (id, registration_id, username, display_name, status, roles, on_conflict,
          permissions, password_hash, password_generation, created_at, revision)
        VALUES (RANDOM_UUID(), 'r%d', 'u%d', '', 'ACTIVE', 'USER', 'OVERWRITE', '%s', '', 0,
          CURRENT_TIMESTAMP, %d)
        """
            .formatted(n, n, permissions, n));
  }

  private static String policy(Statement statement, int n) throws Exception {
    try (ResultSet row =
        statement.executeQuery("SELECT policy FROM account WHERE username = 'u" + n + "'")) {
      row.next();
      return row.getString(1);
    }
  }
}
