/* The page of one's own files: what is ticked, previews and checksums. Texts of files and names are only ever
   set as text. */
(function () {
  "use strict";
  var words = document.getElementById("filesWords");
  var base = words.getAttribute("data-base");
  var language = document.documentElement.lang;
  var LONGEST_ADDRESS = 6000;

  function word(name) {
    var found = words.querySelector("[data-word='" + name + "']");
    var values = Array.prototype.slice.call(arguments, 1);
    return (found || words.querySelector("[data-word=failed]")).textContent.replace(/\{(\d)\}/g, function (all, n) {
      return values[n];
    });
  }

  function bytes(n) {
    var units = ["B", "KiB", "MiB", "GiB", "TiB"];
    var unit = 0;
    while (n >= 1024 && unit < units.length - 1) { n /= 1024; unit++; }
    var digits = unit === 0 || n >= 100 ? 0 : 1;
    return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(n) + " " + units[unit];
  }

  function address(path) {
    return base + "/files/" + path.split("/").map(encodeURIComponent).join("/");
  }

  /* Why the portal refused: in English what it said, which is more exact; else what its kind means. */
  function refusal(status, text) {
    var problem = {};
    try { problem = JSON.parse(text); } catch (e) { /* not from the portal's own hand */ }
    if (status === 401) { return word("signIn"); }
    if (problem.missingBytes) { return word("overQuota", bytes(problem.missingBytes)); }
    var kind = (problem.type || "").replace("urn:slipway:refusal:", "");
    if (problem.detail && language === "en") { return problem.detail; }
    return word(kind || "failed");
  }

  window.slipwayFiles = {
    word: word, bytes: bytes, address: address, refusal: refusal, base: base,
    folder: words.getAttribute("data-folder"), token: words.getAttribute("data-token"),
    conflicts: words.getAttribute("data-conflicts").split(" ")
  };

  /* What is ticked outlives the table, which is drawn anew by search, pages and changes. */
  var picked = new Set();

  function shown() {
    return Array.prototype.slice.call(document.querySelectorAll("#files .pick"));
  }

  function showPicked() {
    shown().forEach(function (box) { box.checked = picked.has(box.getAttribute("data-name")); });
    var all = document.querySelector("#files .pick-all");
    if (all) {
      all.checked = shown().length > 0 && shown().every(function (box) { return box.checked; });
    }
    document.getElementById("files:picked").value = Array.from(picked).join("/");
    var bar = document.getElementById("selection");
    if (!bar) { return; }
    bar.hidden = picked.size === 0;
    document.getElementById("pickedCount").textContent = word("picked", picked.size);
    var folder = window.slipwayFiles.folder;
    var query = Array.from(picked).map(function (name) { return "zip=" + encodeURIComponent(name); }).join("&");
    var link = document.getElementById("zip");
    var target = (folder ? address(folder) : base + "/files") + "/?" + query;
    link.href = target;
    link.toggleAttribute("data-long", target.length > LONGEST_ADDRESS);
  }

  function forgetPicked() {
    picked.clear();
    showPicked();
  }

  window.slipwayShowPicked = showPicked;
  window.slipwayForgetPicked = forgetPicked;

  document.addEventListener("change", function (event) {
    var box = event.target;
    if (box.classList.contains("pick-all")) {
      shown().forEach(function (one) {
        picked[box.checked ? "add" : "delete"](one.getAttribute("data-name"));
      });
    } else if (box.classList.contains("pick")) {
      picked[box.checked ? "add" : "delete"](box.getAttribute("data-name"));
    } else {
      return;
    }
    showPicked();
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("#zip[data-long]");
    if (link) {
      event.preventDefault();
      document.getElementById("pickedCount").textContent = word("zipLong");
    }
  });

  /* Preview */
  function part(name) { return document.getElementById("preview" + name); }

  function showNote(text) {
    part("Note").hidden = !text;
    part("Note").textContent = text || "";
  }

  function preview(button) {
    var href = button.getAttribute("data-preview");
    part("Name").textContent = button.getAttribute("data-name");
    part("About").textContent = button.getAttribute("data-about");
    part("Text").hidden = true;
    part("Text").textContent = "";
    part("Picture").hidden = true;
    part("Picture").removeAttribute("src");
    part("Sum").hidden = true;
    part("Download").href = href;
    part("Download").setAttribute("download", button.getAttribute("data-name"));
    part("Checksum").setAttribute("data-href", href);
    showNote("");
    window.PF("previewDialog").show();
    fetch(href + "?preview", { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      var type = answer.headers.get("Content-Type") || "";
      if (answer.status === 415) { showNote(word("noPreview")); return null; }
      if (!answer.ok) { return answer.text().then(function (t) { showNote(refusal(answer.status, t)); }); }
      if (type.indexOf("image/") === 0) {
        return answer.blob().then(function (picture) {
          var reader = new FileReader();
          reader.onload = function () {
            part("Picture").src = reader.result;
            part("Picture").alt = button.getAttribute("data-name");
            part("Picture").hidden = false;
          };
          reader.onerror = function () { showNote(word("broken")); };
          reader.readAsDataURL(picture);
        });
      }
      return answer.text().then(function (text) {
        part("Text").textContent = text;
        part("Text").hidden = false;
        if (answer.headers.get("Preview-Truncated") === "true") { showNote(word("truncated")); }
      });
    }).catch(function () { showNote(word("broken")); });
  }

  function checksum(button) {
    button.disabled = true;
    fetch(button.getAttribute("data-href") + "?sha256", { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      return answer.text().then(function (text) {
        if (!answer.ok) { showNote(refusal(answer.status, text)); return; }
        part("Sha256").textContent = JSON.parse(text).sha256;
        part("Sum").hidden = false;
      });
    }).catch(function () { showNote(word("broken")); }).then(function () { button.disabled = false; });
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-preview], #previewChecksum");
    if (!target) { return; }
    if (target.id === "previewChecksum") { checksum(target); } else { preview(target); }
  });

  if (window.jQuery) {
    window.jQuery(document).on("pfAjaxComplete", showPicked);
  }
})();
