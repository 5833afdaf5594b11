package org.slipway.api.model;

import java.time.Instant;
import java.util.List;

/**
 * One pass of a device through one version of its manifest.
 *
 * @param run its id
 * @param state {@code RUNNING}, {@code COMPLETE} or {@code ABANDONED}
 * @param deliveredSteps how many steps the device has whole
 * @param ended null while it is open
 * @param endReason why it is over
 */
public record RunDocument(
    String run,
    String manifest,
    Integer version,
    String state,
    Integer deliveredSteps,
    Integer steps,
    Instant started,
    Instant ended,
    String endReason,
    List<Event> events) {

  /**
   * What happened in a run; repeats are counted.
   *
   * @param at when it happened first
   * @param last when it happened the last time
   * @param protocol {@code BOOTP}, {@code TFTP}, {@code FTP} or {@code HTTP}
   */
  public record Event(
      Instant at,
      Instant last,
      String protocol,
      String kind,
      String path,
      Long bytes,
      Long count,
      String reason) {}
}
