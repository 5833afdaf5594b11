package org.slipway.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.slipway.settings.BadSettingException;
import org.slipway.settings.PortalSettings;
import org.slipway.settings.Settings;

/**
 * The one database of the portal: H2 in the data directory, or what {@code slipway.db.url} names.
 */
@Singleton
public final class Database implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Database.class.getName());

  static final int MOST_CONNECTIONS = 16;

  private final Settings settings;
  private final boolean h2;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /**
   * Opens the pool and migrates the schema.
   *
   * @throws BadSettingException if the database cannot be reached or is of a newer portal
   */
  @Inject
  public Database(Settings settings) {
    this.settings = settings;
    String url = settings.get(PortalSettings.DB_URL).orElseGet(this::embeddedUrl);
    this.h2 = url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:");
    this.pool = open(url);
    migrate();
    this.jdbi = Jdbi.create(pool);
  }

  @Produces
  @Singleton
  public Jdbi jdbi() {
    return jdbi;
  }

  /** Product and version that answer, for the log and for tests. */
  public String product() throws java.sql.SQLException {
    return jdbi.withHandle(h -> {
      var meta = h.getConnection().getMetaData();
      return meta.getDatabaseProductName() + " " + meta.getDatabaseProductVersion();
    });
  }

  /**
   * Makes what was committed durable against a loss of power. H2 does not force its file at a
   * commit; PostgreSQL does.
   */
  public void force(Handle handle) {
    if (h2) {
      handle.execute("CHECKPOINT SYNC");
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private String embeddedUrl() {
    Path file = settings.dataDirectory().resolve("slipway");
    return "jdbc:h2:file:" + file;
  }

  private HikariDataSource open(String url) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(h2 ? h2Source(url) : postgresSource(url));
    config.setPoolName("slipway");
    if (h2) {
      config.setExceptionOverride(new ClosedDatabase());
    }
    config.setMaximumPoolSize(MOST_CONNECTIONS);
    config.setAutoCommit(true);
    config.setInitializationFailTimeout(10_000);
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new BadSettingException(
          "%s: the database cannot be opened: %s"
              .formatted(PortalSettings.DB_URL.name(), rootMessage(e)));
    }
  }

  /**
   * Acknowledged commits must survive the end of the process, which H2's write delay would lose.
   */
  private DataSource h2Source(String url) {
    JdbcDataSource source = new JdbcDataSource();
    String upper = url.toUpperCase(Locale.ROOT);
    String delay = upper.contains("WRITE_DELAY") ? "" : ";WRITE_DELAY=0";
    String onExit = upper.contains("DB_CLOSE_ON_EXIT") ? "" : ";DB_CLOSE_ON_EXIT=FALSE";
    source.setURL(url + delay + onExit);
    source.setUser(settings.get(PortalSettings.DB_USER).orElse("slipway"));
    source.setPassword(settings.get(PortalSettings.DB_PASSWORD).orElse(""));
    return source;
  }

  private DataSource postgresSource(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    settings.get(PortalSettings.DB_USER).ifPresent(source::setUser);
    settings.get(PortalSettings.DB_PASSWORD).ifPresent(source::setPassword);
    return source;
  }

  private void migrate() {
    try {
      Flyway flyway =
          Flyway.configure(Database.class.getClassLoader())
              .dataSource(pool)
              .locations("classpath:db/migration")
              .failOnMissingLocations(true)
              .load();
      flyway.migrate();
      LOG.info(() -> "Database schema is at version " + flyway.info().current().getVersion());
    } catch (FlywayException e) {
      pool.close();
      throw new BadSettingException(
          "The database schema cannot be brought up to date: " + rootMessage(e));
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
