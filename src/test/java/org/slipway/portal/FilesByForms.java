package org.slipway.portal;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of one's own files as a browser without scripts uses it: opened once, then its forms are
 * sent. Each deed tells 200 if the page says that it is done, 409 if it says why not.
 */
public final class FilesByForms {
  private static final String PAGE = "/files/files.xhtml";

  private final Visitor.Opened page;

  /**
   * Opens the page.
   *
   * @param folder empty, or the path of the folder that is shown
   */
  public FilesByForms(Visitor visitor, String folder) {
    this.page = visitor.open(folder.isEmpty() ? PAGE : PAGE + "?folder=" + folder);
  }

  public int makeFolder(String name) {
    return told(
        page.press("folderForm", "folderForm:submit", Map.of("folderForm:newFolder", name)));
  }

  /** 404 if no such thing is shown. */
  public int rename(String from, String to) {
    Optional<String> button = button("rename", from);
    if (button.isEmpty()) {
      return 404;
    }
    page.press("files", button.get(), Map.of());
    return renameChosen(to);
  }

  /** The first click of a renaming, after which its dialog is open. */
  public void chooseToRename(String name) {
    page.press("files", button("rename", name).orElseThrow(), Map.of());
  }

  public int renameChosen(String to) {
    return told(page.press("renameForm", "renameForm:submit", Map.of("renameForm:newName", to)));
  }

  /** Opens the dialog in which the folder is chosen, and goes to this one, empty for the top. */
  public void chooseToMove(String name, String folder) {
    page.press("files", "files:move", Map.of("files:picked", name));
    page.press("moveForm", "moveForm:top", Map.of());
    if (!folder.isEmpty()) {
      enterToMove(folder);
    }
  }

  /** Goes into a folder of the one that the dialog shows. */
  public void enterToMove(String folder) {
    page.press("moveForm", link(folder), Map.of());
  }

  public int moveChosen() {
    return told(page.press("moveForm", "moveForm:submit", Map.of()));
  }

  public int discard(String name) {
    return told(page.press("files", "files:discard", Map.of("files:picked", name)));
  }

  public int undo() {
    return told(page.press("files", "files:undo", Map.of()));
  }

  public void openTrash() {
    page.press("files", "files:showTrash", Map.of());
  }

  public int emptyTrash() {
    return told(page.press("trashForm", "trashForm:empty", Map.of()));
  }

  /** Of the first thing in the trash that is shown. */
  public int restore() {
    return told(page.press("trashForm", inTrash("Restore"), Map.of()));
  }

  public int purge() {
    return told(page.press("trashForm", inTrash("Delete for good"), Map.of()));
  }

  private String inTrash(String label) {
    Matcher found =
        Pattern.compile("<button id=\"(trashForm:[^\"]+)\"[^>]*aria-label=\"" + label)
            .matcher(page.body());
    if (!found.find()) {
      throw new IllegalStateException("no " + label);
    }
    return found.group(1);
  }

  private Optional<String> button(String id, String name) {
    Matcher found =
        Pattern.compile(
                "<button id=\"(files:table:\\d+:"
                    + id
                    + ")\"[^>]*aria-label=\"[^\"]* "
                    + Pattern.quote(name)
                    + "\"")
            .matcher(page.body());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private String link(String folder) {
    Matcher found =
        Pattern.compile(
                "<a id=\"(moveForm:[^\"]+)\"[^>]*>(?:(?!</a>).)*(?:\\s|</span>)"
                    + Pattern.quote(folder)
                    + "</a>",
                Pattern.DOTALL)
            .matcher(page.body());
    if (!found.find()) {
      throw new IllegalStateException("no folder " + folder);
    }
    return found.group(1);
  }

  private static int told(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      return answer.statusCode();
    }
    return answer.body().contains("note note-good") ? 200 : 409;
  }
}
