/* Behaviour that all pages share. Everything is delegated, so that parts replaced by Ajax keep it. */
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width: 761px)");
  var roomy = window.matchMedia("(min-width: 1101px)");

  function remembered(name) {
    try { return window.localStorage.getItem(name); } catch (e) { return null; }
  }

  function remember(name, value) {
    try { window.localStorage.setItem(name, value); } catch (e) { /* a private window */ }
  }

  function toggleNavigation(button) {
    var open;
    if (wide.matches) {
      open = !document.body.classList.toggle("narrow");
      remember("slipway.navigation", open ? "wide" : "narrow");
    } else {
      open = document.body.classList.toggle("open");
    }
    button.setAttribute("aria-expanded", String(open));
  }

  function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text);
    }
    var area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.className = "sr-only";
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject();
  }

  function copy(button) {
    copyText(button.getAttribute("data-copy")).then(function () {
      var icon = button.querySelector(".pi");
      icon.classList.replace("pi-copy", "pi-check");
      button.classList.add("done");
      window.setTimeout(function () {
        icon.classList.replace("pi-check", "pi-copy");
        button.classList.remove("done");
      }, 1500);
    });
  }

  /* What the portal thinks of a password that is being chosen, a moment after the last key. */
  var judging = 0;

  function valueOf(id) {
    var field = document.getElementById(id);
    return field ? field.value : "";
  }

  function judge(input) {
    var form = input.getAttribute("data-strength");
    var meter = document.getElementById(form + "-strength");
    if (!meter) { return; }
    var mine = ++judging;
    if (!input.value) {
      show(form, meter, null);
      return;
    }
    window.setTimeout(function () {
      if (mine !== judging) { return; }
      var asked = {
        password: input.value,
        username: input.getAttribute("data-name") || valueOf(form + ":username"),
        email: valueOf(form + ":email")
      };
      fetch(meter.getAttribute("data-url"), {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        credentials: "omit",
        body: JSON.stringify(asked)
      }).then(function (answer) {
        return answer.ok ? answer.json() : null;
      }).then(function (judgement) {
        if (mine === judging) { show(form, meter, judgement); }
      }, function () {
        if (mine === judging) { show(form, meter, null); }
      });
    }, 250);
  }

  function show(form, meter, judgement) {
    var points = judgement ? judgement.score : 0;
    var fill = meter.querySelector(".strength-fill");
    fill.className = "strength-fill s" + points;
    fill.style.width = (judgement ? 10 + points * 22.5 : 0) + "%";
    meter.querySelector(".strength-word").textContent = judgement ? meter.getAttribute("data-word" + points) : "";
    var broken = judgement ? judgement.violations.map(function (v) { return v.code; }) : [];
    document.querySelectorAll("#" + form + "-rules [data-rule]").forEach(function (rule) {
      var codes = rule.getAttribute("data-rule").split(" ");
      var others = broken.indexOf("password.short") >= 0 && codes[0] !== "password.short";
      var met = judgement && !others && !codes.some(function (c) { return broken.indexOf(c) >= 0; });
      rule.classList.toggle("met", Boolean(met));
      rule.querySelector(".pi").className = "pi " + (met ? "pi-check" : "pi-circle");
    });
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest("#navigationToggle, .copy, #scrim");
    if (!target) { return; }
    if (target.classList.contains("copy")) {
      copy(target);
    } else {
      toggleNavigation(document.getElementById("navigationToggle"));
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && document.body.classList.contains("open")) {
      toggleNavigation(document.getElementById("navigationToggle"));
    }
  });

  /* A dialog that cannot be saved goes to what is wrong: it may be longer than the window, and its button far below. */
  function showWrong() {
    var dialogs = Array.prototype.filter.call(document.querySelectorAll(".ui-dialog"), function (dialog) {
      return dialog.offsetParent !== null || dialog.getClientRects().length > 0;
    });
    var dialog = dialogs[dialogs.length - 1];
    var content = dialog && dialog.querySelector(".ui-dialog-content");
    if (!content) { return; }
    var wrong = content.querySelector(".ui-state-error");
    if (!wrong) {
      content.scrollTop = 0;
      return;
    }
    for (var hidden = wrong.closest("details:not([open])"); hidden; hidden = hidden.parentElement.closest("details:not([open])")) {
      hidden.open = true;
    }
    var field = wrong.matches("input, textarea") ? wrong : wrong.querySelector("input, textarea") || wrong;
    field.focus({ preventScroll: true });
    wrong.scrollIntoView({ block: "center" });
  }

  /* A table takes the focus for the cell that was clicked, also after its button has opened a question. */
  document.addEventListener("click", function () {
    window.setTimeout(function () {
      var question = document.querySelector(".ui-confirm-dialog");
      if (question && question.getClientRects().length > 0 && !question.contains(document.activeElement)) {
        question.querySelector(".ui-confirmdialog-no").focus();
      }
    }, 0);
  });

  if (window.jQuery) {
    window.jQuery(document).on("pfAjaxComplete", function (event, request, settings, args) {
      if (args && args.validationFailed) { showWrong(); }
    });
  }
  document.addEventListener("input", function (event) {
    if (event.target.hasAttribute && event.target.hasAttribute("data-strength")) { judge(event.target); }
  });

  /* Rows that are dragged by their number; the list names the function that moves them. */
  var dragged = null;

  function rowOf(event) {
    return event.target.closest ? event.target.closest("[data-move] > [data-row]") : null;
  }

  function sameList(row) {
    return dragged && row && row.parentNode === dragged.parentNode && row !== dragged;
  }

  function unmark() {
    document.querySelectorAll(".step.over").forEach(function (row) { row.classList.remove("over"); });
  }

  document.addEventListener("dragstart", function (event) {
    if (!event.target.closest || !event.target.closest(".drag")) { return; }
    dragged = rowOf(event);
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.getAttribute("data-row"));
  });
  document.addEventListener("dragover", function (event) {
    var row = rowOf(event);
    if (!sameList(row)) { return; }
    event.preventDefault();
    unmark();
    row.classList.add("over");
  });
  document.addEventListener("drop", function (event) {
    var row = rowOf(event);
    if (!sameList(row)) { return; }
    event.preventDefault();
    window[row.parentNode.getAttribute("data-move")]([
      { name: "from", value: dragged.getAttribute("data-row") },
      { name: "to", value: row.getAttribute("data-row") }
    ]);
  });
  document.addEventListener("dragend", function () {
    unmark();
    if (dragged) { dragged.classList.remove("dragged"); }
    dragged = null;
  });

  function part(tag, look, text) {
    var element = document.createElement(tag);
    element.className = look;
    element.textContent = text;
    return element;
  }

  /* The upload drops names with these characters without a word; so it is said here. */
  window.slipwayCheckName = function (file, accept) {
    if (!/[:*?"<>|]/.test(file.name)) {
      accept(file);
      return;
    }
    var list = document.getElementById("refusedUploads");
    var row = document.createElement("li");
    var state = part("span", "state state-bad", list.getAttribute("data-word"));
    state.prepend(part("span", "pi pi-times-circle", ""));
    row.append(state, part("bdi", "mono", file.name), part("span", "dim", list.getAttribute("data-text")));
    list.append(row);
  };

  /* Puts the cursor into the row that was just added. */
  window.slipwayFocusLast = function (id) {
    var rows = document.getElementById(id).querySelectorAll(".step");
    if (rows.length) { rows[rows.length - 1].querySelector("input").focus(); }
  };

  /* A chooser without a role may not carry a label (WAI-ARIA 1.2, section 5.2.8.6); its words are its name. */
  function nameChoosers() {
    document.querySelectorAll(".ui-fileupload-choose:not([role])[aria-labelledby]").forEach(function (chooser) {
      chooser.removeAttribute("aria-labelledby");
    });
  }
  nameChoosers();
  if (window.jQuery) {
    window.jQuery(document).on("pfAjaxComplete", nameChoosers);
  }

  /* On a small screen the words of the navigation take what the tables need; who wants them there opens it. */
  var navigation = remembered("slipway.navigation");
  if (wide.matches && (navigation === "narrow" || (navigation !== "wide" && !roomy.matches))) {
    document.body.classList.add("narrow");
  }
  var toggle = document.getElementById("navigationToggle");
  if (toggle) {
    toggle.setAttribute("aria-expanded", String(wide.matches && !document.body.classList.contains("narrow")));
  }
})();
