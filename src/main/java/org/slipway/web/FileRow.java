package org.slipway.web;

import java.io.Serializable;
import java.util.Optional;
import org.slipway.provisioning.Manifest;

/** A listed file in the manifest editor: what is typed, and what is known of it. */
public class FileRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private String key;
  private String path;
  private String pathOfChecksum;
  private String sha256;
  private boolean found;
  private long size;
  private String keyProblem = "";
  private String pathProblem = "";

  FileRow(String key, String path, Optional<String> sha256) {
    this.key = key;
    this.path = path;
    this.pathOfChecksum = path;
    this.sha256 = sha256.orElse("");
  }

  /** The file as it is now. */
  void found(long bytes, Optional<String> checksum) {
    found = true;
    size = bytes;
    sha256 = checksum.orElse("");
    pathOfChecksum = path;
  }

  void missing() {
    found = false;
    size = 0;
  }

  /** A file that is not there keeps the checksum that was given for it; others get their own. */
  Manifest.ListedFile listed() {
    Optional<String> kept = found ? Optional.empty() : checksum();
    return new Manifest.ListedFile(key.strip(), path.strip(), kept);
  }

  Manifest.ListedFile shown() {
    return new Manifest.ListedFile(key.strip(), path.strip(), checksum());
  }

  private Optional<String> checksum() {
    return Optional.of(sha256).filter(s -> !s.isEmpty() && path.equals(pathOfChecksum));
  }

  void keyProblem(String text) {
    keyProblem = text;
  }

  void pathProblem(String text) {
    pathProblem = text;
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key == null ? "" : key;
  }

  public String getPath() {
    return path;
  }

  public void setPath(String path) {
    this.path = path == null ? "" : path;
  }

  public boolean isFound() {
    return found;
  }

  public boolean isBlank() {
    return path.isBlank();
  }

  public long getSize() {
    return size;
  }

  /** Lower-case hex; empty where it is not known. */
  public String getSha256() {
    return checksum().orElse("");
  }

  public String getKeyProblem() {
    return keyProblem;
  }

  public String getPathProblem() {
    return pathProblem;
  }
}
