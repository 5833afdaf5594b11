package org.slipway.api;

import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slipway.accounts.InvalidInputException;
import org.slipway.accounts.Violation;

/** What every list takes: a text to look for, a page, an order. */
public class ListParameters {
  static final int MOST = 500;
  private static final int USUAL = 100;
  private static final int LONGEST_QUERY = 200;

  @QueryParam("q")
  private String q;

  @QueryParam("offset")
  private String offset;

  @QueryParam("limit")
  private String limit;

  @QueryParam("sort")
  private String sort;

  public ListParameters() {}

  ListParameters(String q, String offset, String limit, String sort) {
    this.q = q;
    this.offset = offset;
    this.limit = limit;
    this.sort = sort;
  }

  /**
   * The same, checked.
   *
   * @param q empty for everything
   * @param sort empty for the list's own order
   */
  record Checked(String q, int offset, int limit, String sort, boolean descending) {
    /** Of a list whose own order is the newest first: whether the other way is asked for. */
    boolean oldestFirst() {
      return !sort.isEmpty() && !descending;
    }
  }

  /**
   * @param sortable the fields that the list can be ordered by
   * @throws InvalidInputException for anything that is not allowed
   */
  Checked checked(Collection<String> sortable) {
    List<Violation> violations = new ArrayList<>();
    int from = number("offset", offset, 0, 0, Integer.MAX_VALUE, violations);
    int most = number("limit", limit, USUAL, 0, MOST, violations);
    boolean descending = sort != null && sort.startsWith("-");
    String field = sort == null ? "" : descending ? sort.substring(1) : sort;
    if (!field.isEmpty() && !sortable.contains(field)) {
      violations.add(
          new Violation("sort", "sort.unknown", "Allowed: " + sortable.stream().sorted().toList()));
    }
    if (q != null && q.length() > LONGEST_QUERY) {
      violations.add(new Violation("q", "q.long", "At most " + LONGEST_QUERY + " characters"));
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    return new Checked(q == null ? "" : q, from, most, field, descending);
  }

  private static int number(
      String name, String text, int usual, int least, int most, List<Violation> violations) {
    if (text == null) {
      return usual;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most && text.chars().allMatch(Character::isDigit)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, together with what is out of range
    }
    violations.add(new Violation(name, name + ".range", "A number from " + least + " to " + most));
    return usual;
  }
}
