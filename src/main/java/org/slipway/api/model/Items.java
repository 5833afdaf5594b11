package org.slipway.api.model;

import java.util.List;

/**
 * A page of a list.
 *
 * @param total how many there are beside this page too
 */
public record Items<T>(List<T> items, long total) {}
