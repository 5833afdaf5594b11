package org.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slipway.accounts.Permission;
import org.slipway.portal.FilesByForms;
import org.slipway.portal.Rest;
import org.slipway.portal.RunningPortal;
import org.slipway.portal.Visitor;

/**
 * Each permission by each button of the page of one's own files. The page is open, with all that
 * leads to the button, when the permission is taken away: what counts is asked at the last click.
 */
class FilesPagePermissionsIT {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final String PASSWORD = "Fourteen-geese-fly";

  /** One button in folder {@code d}, what it needs, and what is there when it is done. */
  private enum Button {
    MAKE_FOLDER("d d/e d/f d/new", Permission.MAKE_FOLDER) {
      @Override
      int press(FilesByForms page) {
        return page.makeFolder("new");
      }
    },
    RENAME("d d/e d/g", Permission.RENAME, Permission.WRITE) {
      @Override
      void lead(FilesByForms page) {
        page.chooseToRename("f");
      }

      @Override
      int press(FilesByForms page) {
        return page.renameChosen("g");
      }
    },
    MOVE("d d/e d/e/f", Permission.RENAME, Permission.WRITE) {
      @Override
      void lead(FilesByForms page) {
        page.chooseToMove("f", "d");
        page.enterToMove("e");
      }

      @Override
      int press(FilesByForms page) {
        return page.moveChosen();
      }
    },
    DISCARD("d d/e", Permission.DELETE) {
      @Override
      int press(FilesByForms page) {
        return page.discard("f");
      }
    },
    UNDO("d d/e d/f", Permission.DELETE) {
      @Override
      void lead(FilesByForms page) {
        page.discard("f");
      }

      @Override
      int press(FilesByForms page) {
        return page.undo();
      }
    },
    RESTORE("d d/e d/f", Permission.DELETE) {
      @Override
      void lead(FilesByForms page) {
        page.discard("f");
        page.openTrash();
      }

      @Override
      int press(FilesByForms page) {
        return page.restore();
      }
    },
    PURGE("d d/e", Permission.DELETE) {
      @Override
      void lead(FilesByForms page) {
        page.discard("f");
        page.openTrash();
      }

      @Override
      int press(FilesByForms page) {
        return page.purge();
      }
    },
    EMPTY_TRASH("d d/e", Permission.DELETE) {
      @Override
      void lead(FilesByForms page) {
        page.discard("f");
        page.openTrash();
      }

      @Override
      int press(FilesByForms page) {
        return page.emptyTrash();
      }
    };

    private final String after;
    private final Set<Permission> needed;

    Button(String after, Permission... needed) {
      this.after = after;
      this.needed = EnumSet.copyOf(List.of(needed));
    }

    /** The clicks before the one that counts. */
    void lead(FilesByForms page) {}

    abstract int press(FilesByForms page);
  }

  private final Rest admin = Rest.administrator(RunningPortal.shared());
  private String username;
  private Rest user;

  @BeforeEach
  void makeTree() {
    username = "press" + NAMES.incrementAndGet();
    admin.post(
        "/accounts", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, PASSWORD));
    user = new Rest(RunningPortal.shared(), username, PASSWORD);
    user.upload("/files/d/f", "old".getBytes(StandardCharsets.UTF_8));
    user.post("/files/d/e", "{\"op\":\"mkdir\"}");
  }

  private void access(Set<Permission> permissions) {
    admin.patch(
        "/accounts/" + username,
        "{\"access\":{\"folders\":[{\"path\":\"/d\",\"permissions\":%s,\"channels\":[\"WEB\"]}]}}"
            .formatted(
                permissions.stream()
                    .map(p -> "\"" + p + "\"")
                    .collect(Collectors.joining(",", "[", "]"))));
  }

  private String tree() {
    Set<String> all = new TreeSet<>();
    collect("", all);
    return String.join(" ", all);
  }

  private void collect(String folder, Set<String> all) {
    for (JsonNode item : user.get("/files/" + folder).get("items")) {
      String path = (folder.isEmpty() ? "" : folder + "/") + item.get("name").asText();
      all.add(path);
      if (item.get("type").asText().equals("FOLDER")) {
        collect(path, all);
      }
    }
  }

  private String usage() {
    JsonNode me = user.get("/me");
    return me.get("usedBytes").asText() + " " + me.get("usedFiles").asText();
  }

  @ParameterizedTest
  @EnumSource(Button.class)
  void itDoesNothingWithoutAnyOfWhatItNeeds(Button button) {
    for (Permission missing : button.needed) {
      FilesByForms page = new FilesByForms(Visitor.signedIn(username, PASSWORD), "d");
      button.lead(page);
      String before = tree() + usage();
      access(EnumSet.complementOf(EnumSet.of(missing)));
      assertThat(button.press(page)).as("lacks " + missing).isEqualTo(409);
      assertThat(tree() + usage()).as("lacks " + missing).isEqualTo(before);
      access(EnumSet.allOf(Permission.class));
    }
  }

  @ParameterizedTest
  @EnumSource(Button.class)
  void itIsDoneWithWhatItNeedsAndSeeingTheFolder(Button button) {
    FilesByForms page = new FilesByForms(Visitor.signedIn(username, PASSWORD), "d");
    button.lead(page);
    Set<Permission> enough = EnumSet.copyOf(button.needed);
    enough.add(Permission.LIST);
    access(enough);
    assertThat(button.press(page)).isEqualTo(200);
    assertThat(tree()).isEqualTo(button.after);
  }
}
