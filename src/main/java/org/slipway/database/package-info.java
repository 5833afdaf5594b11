/**
 * Opens the database, brings its schema up to date, and gives the rest of the portal its three ways
 * to use it: a transaction that other parts learn of ({@link org.slipway.database.Changes}), an
 * immutable copy in memory for what protocols read ({@link org.slipway.database.Snapshot}), and a
 * durable write that many callers share ({@link org.slipway.database.GroupCommit}). Also how
 * conditions are put together and structures are kept in one column, whatever they mean.
 *
 * <p>Does not belong here: any table's meaning. SQL stands in the feature that owns the table.
 */
package org.slipway.database;
