package org.slipway.api;

import org.slipway.storage.GuardedArea;

/**
 * A file area as one caller may use it.
 *
 * @param root where its files stand in the API, such as {@code /api/v1/files}
 */
record CallerArea(GuardedArea files, String root, Caller caller) {}
