package org.slipway.database;

/** What a snapshot follows; each has its own counter of changes. */
public enum Topic {
  ACCOUNTS,
  DEVICES,
  MANIFESTS,
  NETWORKS,
  GROUPS,
  SHARED_FOLDERS,
  SECOND_FACTORS,
  TOKENS,
  REMAP_RULES,
  TEMPLATES
}
