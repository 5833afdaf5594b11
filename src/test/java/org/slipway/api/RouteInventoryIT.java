package org.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slipway.api.Api.Answer;
import org.slipway.portal.RunningPortal;
import org.slipway.portal.Visitor;

/**
 * Who gets what at every address. The addresses are taken from the code: one without a row fails
 * the test, and so does a row without an address.
 */
class RouteInventoryIT {
  private enum Who {
    NOBODY,
    WAITING,
    SUSPENDED,
    USER,
    OPERATOR,
    ADMIN
  }

  /**
   * The answer to each of {@link Who}, in their order. Names in braces stand for what does not
   * exist, and the body is no object: who may do it is told 404 or 400.
   */
  private static final Map<String, List<Integer>> RESOURCES =
      table(
          """
          GET    /accounts                                   401 403 403 403 403 200
          POST   /accounts                                   401 403 403 403 403 400
          GET    /accounts/{username}                        401 403 403 403 403 404
          PATCH  /accounts/{username}                        401 403 403 403 403 400
          DELETE /accounts/{username}                        401 403 403 403 403 404
          POST   /accounts/{username}/reconcile              401 403 403 403 403 404
          GET    /accounts/{username}/effective-permissions  401 403 403 403 403 404
          GET    /audit                                      401 403 403 403 403 200
          GET    /boot-files{path}                           401 403 403 403 200 200
          HEAD   /boot-files{path}                           401 403 403 403 200 200
          PUT    /boot-files{path}                           401 403 403 403 400 400
          DELETE /boot-files{path}                           401 403 403 403 409 409
          POST   /boot-files{path}                           401 403 403 403 400 400
          GET    /devices                                    401 403 403 403 200 200
          POST   /devices/import                             401 403 403 403 400 400
          GET    /devices/unknown                            401 403 403 403 200 200
          GET    /devices/{mac}                              401 403 403 403 404 404
          PUT    /devices/{mac}                              401 403 403 403 400 400
          PATCH  /devices/{mac}                              401 403 403 403 404 404
          DELETE /devices/{mac}                              401 403 403 403 404 404
          GET    /devices/{mac}/explain                      401 403 403 403 200 200
          GET    /devices/{mac}/packets                      401 403 403 403 200 200
          GET    /devices/{mac}/packets.pcap                 401 403 403 403 200 200
          GET    /devices/{mac}/resolve                      401 403 403 403 404 404
          GET    /devices/{mac}/timeline                     401 403 403 403 200 200
          POST   /devices/{mac}/provisioned                  401 403 403 400 400 400
          POST   /devices/{mac}/rearm                        401 403 403 403 404 404
          GET    /files{path}                                401 403 403 200 200 200
          HEAD   /files{path}                                401 403 403 200 200 200
          PUT    /files{path}                                401 403 403 400 400 400
          DELETE /files{path}                                401 403 403 409 409 409
          POST   /files{path}                                401 403 403 400 400 400
          GET    /groups                                     401 403 403 403 403 200
          GET    /groups/{name}                              401 403 403 403 403 404
          PUT    /groups/{name}                              401 403 403 403 403 400
          DELETE /groups/{name}                              401 403 403 403 403 404
          GET    /leases                                     401 403 403 403 200 200
          GET    /leases/{address}                           401 403 403 403 404 404
          DELETE /leases/{address}                           401 403 403 403 404 404
          GET    /listeners                                  401 403 403 403 200 200
          GET    /listeners/{protocol}                       401 403 403 403 404 404
          PATCH  /listeners/{protocol}                       401 403 403 403 403 404
          GET    /listeners/bootp/other-servers              401 403 403 403 200 200
          POST   /listeners/bootp/other-servers              401 403 403 403 200 200
          GET    /listeners/ftp/self-check                   401 403 403 403 200 200
          GET    /manifests                                  401 403 403 403 200 200
          GET    /manifests/{name}                           401 403 403 403 404 404
          PUT    /manifests/{name}                           401 403 403 403 400 400
          DELETE /manifests/{name}                           401 403 403 403 404 404
          GET    /me                                         401 403 403 200 200 200
          PATCH  /me                                         401 403 403 400 400 400
          GET    /networks                                   401 403 403 403 200 200
          GET    /networks/{name}                            401 403 403 403 404 404
          PUT    /networks/{name}                            401 403 403 403 400 400
          DELETE /networks/{name}                            401 403 403 403 404 404
          GET    /remap-rules                                401 403 403 403 200 200
          POST   /remap-rules                                401 403 403 403 400 400
          GET    /remap-rules/{name}                         401 403 403 403 404 404
          PUT    /remap-rules/{name}                         401 403 403 403 400 400
          DELETE /remap-rules/{name}                         401 403 403 403 404 404
          POST   /registrations                              400 400 400 400 400 400
          GET    /registrations/{id}                         404 404 404 404 404 404
          GET    /sessions                                   401 403 403 200 200 200
          GET    /sessions/{id}                              401 403 403 404 404 404
          DELETE /sessions/{id}                              401 403 403 404 404 404
          GET    /shared-folders                             401 403 403 403 403 200
          GET    /shared-folders/{name}                      401 403 403 403 403 404
          PUT    /shared-folders/{name}                      401 403 403 403 403 400
          DELETE /shared-folders/{name}                      401 403 403 403 403 404
          GET    /tftp-uploads                               401 403 403 403 200 200
          GET    /transfers                                  401 403 403 200 200 200
          DELETE /accounts/{username}/sign-in/second-factor 401 403 403 403 403 404
          DELETE /accounts/{username}/sign-in/sessions 401 403 403 403 403 404
          DELETE /accounts/{username}/sign-in/tokens 401 403 403 403 403 404
          DELETE /accounts/{username}/sign-in/tokens/{id} 401 403 403 403 403 404
          GET    /accounts/{username}/sign-in 401 403 403 403 403 404
          GET    /certificates/console 401 403 403 403 403 200
          PUT    /certificates/console 401 403 403 403 403 400
          POST   /certificates/console 401 403 403 403 403 400
          GET    /invitations 401 403 403 403 403 200
          POST   /invitations 401 403 403 403 403 400
          DELETE /invitations/{id} 401 403 403 403 403 404
          GET    /lockouts 401 403 403 403 403 200
          DELETE /lockouts/{id} 401 403 403 403 403 404
          GET    /me/second-factor 401 403 403 200 200 200
          POST   /me/second-factor 401 403 403 400 400 400
          GET    /me/tokens 401 403 403 200 200 200
          POST   /me/tokens 401 403 403 400 400 400
          DELETE /me/tokens 401 403 403 204 204 204
          DELETE /me/tokens/{id} 401 403 403 404 404 404
          POST   /password-resets 400 400 400 400 400 400
          POST   /password-resets/{code} 400 400 400 400 400 400
          POST   /password-strength 400 400 400 400 400 400
          POST   /registrations/{id}/confirmation 400 400 400 400 400 400
          GET    /settings/smtp 401 403 403 403 403 200
          GET    /settings/smtp-outbox 401 403 403 403 403 200
          POST   /settings/smtp-test 401 403 403 403 403 400
          GET    /trash 401 403 403 200 200 200
          DELETE /trash 401 403 403 204 204 204
          GET    /trash/{id} 401 403 403 404 404 404
          DELETE /trash/{id} 401 403 403 404 404 404
          POST   /trash/{id} 401 403 403 400 400 400
          GET    /uploads 401 403 403 200 200 200
          POST   /uploads 401 403 403 400 400 400
          HEAD   /uploads/{id} 401 403 403 404 404 404
          PATCH  /uploads/{id} 415 415 415 415 415 415
          DELETE /uploads/{id} 401 403 403 404 404 404
          """);

  /** 302 leads to the sign-in page; who waits or is suspended cannot sign in and stays nobody. */
  private static final Map<String, List<Integer>> PAGES =
      table(
          """
          /home.xhtml                  302 302 302 200 200 200
          /devices/devices.xhtml       302 302 302 403 200 200
          /devices/device.xhtml        302 302 302 403 404 404
          /devices/packets.xhtml       302 302 302 403 404 404
          /manifests/manifests.xhtml   302 302 302 403 200 200
          /manifests/manifest.xhtml    302 302 302 403 200 200
          /bootfiles/boot-files.xhtml  302 302 302 403 200 200
          /bootfiles/remap-rules.xhtml 302 302 302 403 200 200
          /networks/networks.xhtml     302 302 302 403 200 200
          /accounts/approvals.xhtml    302 302 302 403 403 200
          /accounts/accounts.xhtml     302 302 302 403 403 200
          /listeners/listeners.xhtml   302 302 302 403 403 200
          /accounts/groups.xhtml 302 302 302 403 403 200
          /accounts/invitations.xhtml 302 302 302 403 403 200
          /accounts/shared-folders.xhtml 302 302 302 403 403 200
          /audit/audit.xhtml 302 302 302 403 403 200
          /files/files.xhtml 302 302 302 200 200 200
          /forgotten.xhtml 200 200 200 200 200 200
          /mail/mail.xhtml 302 302 302 403 403 200
          /profile.xhtml 302 302 302 200 200 200
          /reset.xhtml 200 200 200 200 200 200
          /second-factor.xhtml 302 302 302 200 200 200
          /settings/certificates.xhtml 302 302 302 403 403 200
          /transfers/live.xhtml 302 302 302 403 200 200
          /transfers/history.xhtml 302 302 302 200 200 200
          /unlock.xhtml 404 404 404 404 404 404
          /signin.xhtml                200 200 200 200 200 200
          /register.xhtml              200 200 200 200 200 200
          /registration.xhtml          404 404 404 404 404 404
          /setup.xhtml                 404 404 404 404 404 404
          /errors/error.xhtml          404 404 404 404 404 404
          """);

  /** Servlets and filters with an address that they answer; {@code *} of a pattern is its rest. */
  private static final Map<String, List<Integer>> MAPPINGS =
      table(
          """
          *.xhtml      404 404 404 404 404 404
          /*           404 404 404 404 404 404
          /api/*       404 404 404 404 404 404
          /boot/*      404 404 404 404 404 404
          /error-page  404 404 404 404 404 404
          /health/*    404 404 404 404 404 404
          /jakarta.faces.push/* 404 404 404 404 404 404
          /metrics     401 403 403 403 200 200
          /metrics/*   404 404 404 404 404 404
          /my/* 404 404 404 404 404 404
          /my/files 401 401 401 401 401 401
          /my/files/* 401 401 401 401 401 401
          /my/trash 401 401 401 401 401 401
          /my/trash/* 401 401 401 401 401 401
          /my/uploads 401 401 401 401 401 401
          /my/uploads/* 401 401 401 401 401 401
          /openapi     401 403 403 200 200 200
          /openapi/*   404 404 404 404 404 404
          """);

  private static final Map<Who, Api> API = new EnumMap<>(Who.class);
  private static final Map<Who, Visitor> WEB = new EnumMap<>(Who.class);

  private static Map<String, List<Integer>> table(String text) {
    Map<String, List<Integer>> result = new LinkedHashMap<>();
    for (String row : text.lines().toList()) {
      List<String> words = List.of(row.strip().split(" +"));
      int answers = words.size() - Who.values().length;
      List<Integer> expected =
          words.subList(answers, words.size()).stream().map(Integer::valueOf).toList();
      result.put(String.join(" ", words.subList(0, answers)), expected);
    }
    return result;
  }

  @BeforeAll
  static void openForEachOfThem() {
    API.put(Who.NOBODY, Api.nobody());
    API.put(Who.WAITING, Api.account("\"status\":\"PENDING\""));
    API.put(Who.SUSPENDED, Api.user());
    API.put(Who.USER, Api.user());
    API.put(Who.OPERATOR, Api.operator());
    API.put(Who.ADMIN, Api.administrator());
    for (Who who : Who.values()) {
      Api api = API.get(who);
      WEB.put(
          who,
          switch (who) {
            case NOBODY, WAITING -> Visitor.stranger();
            case ADMIN -> Visitor.signedIn(api.username, RunningPortal.ADMIN_PASSWORD);
            default -> Visitor.signedIn(api.username, Api.password());
          });
    }
    Answer suspended =
        Api.administrator()
            .patch(
                "/api/v1/accounts/" + API.get(Who.SUSPENDED).username,
                "{\"status\":\"SUSPENDED\"}");
    assertThat(suspended.status).as(suspended.toString()).isEqualTo(200);
  }

  @Test
  void everyResourceMethodAnswersEachAsTheTableSays() {
    assertThat(RESOURCES.keySet()).containsExactlyInAnyOrderElementsOf(Routes.resources());
    List<String> wrong = new ArrayList<>();
    RESOURCES.forEach((route, expected) -> {
      String[] parts = route.split(" ");
      String path = "/api/v1" + sample(parts[1]);
      for (Who who : Who.values()) {
        boolean safe = parts[0].equals("GET") || parts[0].equals("HEAD");
        Answer answer =
            safe
                ? API.get(who).send(parts[0], path, BodyPublishers.noBody())
                : API.get(who)
                    .send(
                        parts[0],
                        path,
                        BodyPublishers.ofString("[]"),
                        "Content-Type",
                        "application/json");
        note(wrong, route, who, expected, answer.status);
        if (answer.status >= 400
            && (answer.text().contains("org.slipway") || answer.text().contains("/portals/"))) {
          wrong.add(route + " tells " + answer.text());
        }
      }
    });
    assertThat(wrong).isEmpty();
  }

  private static String sample(String template) {
    return template
        .replace("{path}", "/")
        .replace("{mac}", "02:00:00:00:99:99")
        .replaceAll("\\{\\w+}", "none-such");
  }

  private static void note(
      List<String> wrong, String route, Who who, List<Integer> expected, int answer) {
    if (expected.get(who.ordinal()) != answer) {
      wrong.add("%s %s: %d, not %d".formatted(route, who, answer, expected.get(who.ordinal())));
    }
  }

  @Test
  void everyPageAnswersEachAsTheTableSays() {
    assertThat(PAGES.keySet()).containsExactlyInAnyOrderElementsOf(Routes.pages());
    List<String> wrong = new ArrayList<>();
    PAGES.forEach((page, expected) -> {
      for (Who who : Who.values()) {
        HttpResponse<String> answer = WEB.get(who).get(page);
        note(wrong, page, who, expected, answer.statusCode());
        String to = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() == 302 && !to.contains("/signin.xhtml?")) {
          wrong.add(page + " " + who + " leads to " + to);
        }
      }
    });
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyServletAndFilterAnswersEachAsTheTableSays() {
    assertThat(MAPPINGS.keySet()).containsExactlyInAnyOrderElementsOf(Routes.mappings());
    List<String> wrong = new ArrayList<>();
    MAPPINGS.forEach((pattern, expected) -> {
      String path = (pattern.startsWith("/") ? "" : "/") + pattern.replace("*", "none-such");
      for (Who who : Who.values()) {
        note(wrong, pattern, who, expected, API.get(who).get(path).status);
      }
    });
    assertThat(wrong).isEmpty();
    assertThat(Api.nobody().get("/health/live").status).isEqualTo(200);
    assertThat(Api.nobody().get("/health/ready").status).isEqualTo(200);
  }
}
