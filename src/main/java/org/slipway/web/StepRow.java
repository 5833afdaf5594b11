package org.slipway.web;

import java.io.Serializable;

/** A boot step in the manifest editor: what is typed, and what is known of it. */
public class StepRow implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a path of a step is. */
  public enum Kind {
    EMPTY,
    LIST,
    FILE,
    MISSING
  }

  private String path;
  private Kind kind = Kind.EMPTY;
  private long size;
  private String problem = "";

  StepRow(String path) {
    this.path = path;
  }

  void known(Kind kind, long size) {
    this.kind = kind;
    this.size = size;
  }

  void problem(String text) {
    problem = text;
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path == null ? "" : path;
  }

  public Kind getKind() {
    return kind;
  }

  public long getSize() {
    return size;
  }

  /** Why it was refused; empty if it was not. */
  public String getProblem() {
    return problem;
  }
}
