/* The live page: the portal tells that there is news, and the page asks for it; where it tells nothing, the page
   asks every two seconds. Nothing is asked while nobody can see it. */
(function () {
  "use strict";
  var SILENCE = 15000;
  var PAUSE = 2000;
  var LONGEST_ANSWER = 10000;
  var heard = 0;
  var asked = 0;
  var focused = null;

  function showState(pushed) {
    var states = document.getElementById("liveState");
    states.querySelector("[data-state=push]").hidden = !pushed;
    states.querySelector("[data-state=poll]").hidden = pushed;
  }

  /* What has the focus, by what does not change when the tables are drawn anew. */
  function focusedInTable() {
    var one = document.activeElement;
    var table = one && one.closest("#live\\:tables .ui-datatable");
    if (!table) { return null; }
    var key = one.id ? "#" + CSS.escape(one.id)
      : one.getAttribute("aria-label") ? "[aria-label=" + JSON.stringify(one.getAttribute("aria-label")) + "]" : null;
    return key && { table: table.id, key: key };
  }

  function refresh() {
    var now = Date.now();
    if (document.hidden || now - asked < LONGEST_ANSWER) { return; }
    asked = now;
    focused = focusedInTable();
    window.slipwayLiveAsk();
  }

  function news() {
    heard = Date.now();
    showState(true);
    refresh();
  }

  window.slipwayLiveNews = news;

  window.slipwayLiveOpened = function () {
    heard = Date.now();
    showState(true);
  };

  window.slipwayLiveLost = function () {
    heard = 0;
  };

  /* The answer is drawn. */
  window.slipwayLiveDrawn = function () {
    asked = 0;
    if (!focused) { return; }
    var table = document.getElementById(focused.table);
    var one = table && table.querySelector(focused.key);
    if (one && document.activeElement !== one) { one.focus({ preventScroll: true }); }
  };

  window.setInterval(function () {
    if (Date.now() - heard > SILENCE) {
      showState(false);
      refresh();
    }
  }, PAUSE);

  document.addEventListener("visibilitychange", refresh);

  /* What is to be ended is named before, and asked for by its id: its row may be another one's by then. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-end]");
    if (!button) { return; }
    document.getElementById("endForm:chosen").value = button.getAttribute("data-end");
    document.getElementById("endWhat").textContent = button.getAttribute("data-what");
    document.getElementById("endSession").hidden = button.getAttribute("data-kind") !== "SESSION";
    document.getElementById("endTransfer").hidden = button.getAttribute("data-kind") !== "TRANSFER";
    window.PF("endDialog").show();
  });
})();
