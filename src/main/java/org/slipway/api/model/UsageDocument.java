package org.slipway.api.model;

/** What a home holds, as it was counted. */
public record UsageDocument(long usedBytes, long usedFiles) {}
