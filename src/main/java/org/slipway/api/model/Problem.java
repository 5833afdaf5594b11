package org.slipway.api.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Why a request was not done (RFC 9457 section 3).
 *
 * @param type {@code about:blank}, or a name that a program can tell refusals of one status apart
 *     by
 * @param title the same for every problem of its type
 * @param detail what was wrong this time
 * @param missingBytes by how much a quota would be exceeded; absent for any other problem
 * @param violations what is wrong with single fields; absent where no field is to blame
 * @param retryAfter after how many seconds it may be different, as in the header of that name
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long missingBytes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<BadField> violations,
    @JsonInclude(JsonInclude.Include.NON_NULL) Long retryAfter) {

  public Problem(
      String type,
      String title,
      int status,
      String detail,
      long missingBytes,
      List<BadField> violations) {
    this(type, title, status, detail, missingBytes, violations, null);
  }

  /**
   * What is wrong with one field.
   *
   * @param field nested as {@code steps[2].path}
   * @param code the same for every violation of its kind
   */
  public record BadField(String field, String code, String message) {}
}
