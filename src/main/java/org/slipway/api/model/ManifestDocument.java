package org.slipway.api.model;

import java.time.Instant;
import java.util.List;

/**
 * A manifest in its newest version.
 *
 * @param version read only; every change makes the next
 * @param account user name of whose home the files are in
 * @param advance {@code DELIVERY} or {@code REQUEST}
 * @param end {@code SILENCE} or {@code EMPTY_FILE}
 * @param rearm {@code SILENCE} or {@code MANUAL}
 * @param listName path of the rendered file list; absent is {@code NAME.rc}
 * @param created when this version was made; read only
 * @param createdBy read only
 */
public record ManifestDocument(
    String name,
    Integer version,
    String description,
    String account,
    String advance,
    String end,
    String rearm,
    String listName,
    List<Step> steps,
    List<ListedFile> files,
    Instant created,
    String createdBy) {

  /** One file offered by BOOTP and fetched by TFTP. */
  public record Step(String path) {}

  /**
   * One file of the list.
   *
   * @param sha256 null: taken from the file when the version is made
   */
  public record ListedFile(String key, String path, String sha256) {}
}
