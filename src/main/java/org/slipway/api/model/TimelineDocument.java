package org.slipway.api.model;

import java.util.List;

/**
 * What happened to a device: its newest runs, newest first.
 *
 * @param unanswered what it asked outside of any run and why it got no answer, newest first
 */
public record TimelineDocument(
    List<RunDocument> items, long total, List<RunDocument.Event> unanswered) {}
