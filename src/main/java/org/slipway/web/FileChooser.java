package org.slipway.web;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The dialog in which several files are ticked at once. */
public class FileChooser implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 200;

  private boolean forSteps;
  private List<String> offered = List.of();
  private String[] picked = {};
  private String query = "";

  void offer(boolean steps, List<String> paths) {
    forSteps = steps;
    offered = paths;
    picked = new String[0];
    query = "";
  }

  /** Whether boot steps are chosen, not files for the list. */
  public boolean isForSteps() {
    return forSteps;
  }

  public boolean isNothing() {
    return offered.isEmpty();
  }

  /** Those that the query leaves; the ticked ones always stay. */
  public List<String> getPaths() {
    String wanted = query.toLowerCase(Locale.ROOT).strip();
    Set<String> ticked = Set.of(picked);
    return offered.stream()
        .filter(p -> ticked.contains(p) || p.toLowerCase(Locale.ROOT).contains(wanted))
        .limit(MOST)
        .toList();
  }

  public String[] getPicked() {
    return picked.clone();
  }

  public void setPicked(String[] picked) {
    this.picked = picked == null ? new String[0] : picked.clone();
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(String query) {
    this.query = query == null ? "" : query;
  }
}
