/* Uploads of one's own files: several at a time, each in pieces that survive a broken connection and a reload. */
(function () {
  "use strict";
  var files = window.slipwayFiles;
  var zone = document.getElementById("dropZone");
  if (!zone) { return; }
  var word = files.word;
  var AT_ONCE = 3;
  var PIECE = 16 * 1024 * 1024;
  var PAUSES = [1000, 2000, 4000, 8000, 16000, 30000];
  var MOST_ROWS = 200;
  var REMEMBERED = "slipway.upload:";
  var list = document.getElementById("uploads");
  var panel = document.getElementById("uploadPanel");
  var items = [];
  var asking = null;
  var answerForAll = null;

  function key(item) {
    return REMEMBERED + item.path + "\n" + item.file.size + "\n" + item.file.lastModified;
  }

  function recall(item) {
    try { return window.localStorage.getItem(key(item)); } catch (e) { return null; }
  }

  function remember(item) {
    try { window.localStorage.setItem(key(item), item.id); } catch (e) { /* a private window */ }
  }

  function forget(item) {
    try { window.localStorage.removeItem(key(item)); } catch (e) { /* a private window */ }
  }

  /* What it looks like */
  function element(tag, look, text) {
    var made = document.createElement(tag);
    made.className = look;
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function icon(look) {
    var made = element("span", "pi " + look);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function row(item) {
    var made = element("li", "upload");
    var head = element("div", "spread");
    item.name = element("bdi", "wrap", item.path);
    item.tools = element("span", "row");
    head.append(item.name, item.tools);
    var track = element("div", "bar");
    track.setAttribute("role", "progressbar");
    track.setAttribute("aria-label", item.path);
    track.setAttribute("aria-valuemin", "0");
    track.setAttribute("aria-valuemax", "100");
    item.fill = element("span", "");
    item.track = track;
    track.append(item.fill);
    item.line = element("div", "dim upload-line");
    made.append(head, track, item.line);
    item.row = made;
    list.append(made);
    list.scrollTop = list.scrollHeight;
  }

  function tool(item, name, look, action) {
    var button = element("button", "icon-button");
    button.type = "button";
    button.title = word(name);
    button.setAttribute("aria-label", word(name) + " " + item.path);
    button.setAttribute("data-tool", name);
    button.append(icon(look));
    button.addEventListener("click", action);
    item.tools.append(button);
  }

  function remaining(item) {
    if (!item.rate) { return ""; }
    var seconds = Math.ceil((item.file.size - item.sent) / item.rate);
    return " · " + files.bytes(item.rate) + "/s · " +
      (seconds < 90 ? word("seconds", seconds) : word("minutes", Math.round(seconds / 60)));
  }

  function draw(item) {
    if (!item.row) {
      if (list.children.length >= MOST_ROWS && item.state !== "failed") { summary(); return; }
      row(item);
    }
    var size = item.file.size;
    var percent = item.state === "done" ? 100 : size ? Math.floor(100 * item.sent / size) : 0;
    item.fill.style.width = percent + "%";
    item.track.setAttribute("aria-valuenow", percent);
    item.row.className = "upload upload-" + item.state;
    item.row.setAttribute("data-state", item.state);
    item.tools.textContent = "";
    var text = item.text;
    if (item.state === "sending") { text = word("sending", files.bytes(item.sent), files.bytes(size)) + remaining(item); }
    if (item.state === "queued") { text = word("queued", files.bytes(size)); }
    item.line.textContent = "";
    if (item.state === "done" || item.state === "failed") {
      item.line.append(icon(item.state === "done" ? "pi-check-circle" : "pi-times-circle"), " ");
    }
    item.line.append(text);
    if (item.state === "failed" || item.state === "cancelled") { tool(item, "retry", "pi-refresh", function () { retry(item); }); }
    if (item.state === "sending" || item.state === "queued" || item.state === "waiting") {
      tool(item, "cancel", "pi-times", function () { cancel(item); });
    }
    summary();
  }

  /* Only the words that change while bytes flow, so that a button under the pointer stays what it is. */
  function progress(item) {
    if (!item.row || item.state !== "sending") { return; }
    var percent = item.file.size ? Math.floor(100 * item.sent / item.file.size) : 0;
    item.fill.style.width = percent + "%";
    item.track.setAttribute("aria-valuenow", percent);
    item.line.textContent = word("sending", files.bytes(item.sent), files.bytes(item.file.size)) + remaining(item);
  }

  function isOver(item) { return ["done", "failed", "skipped", "cancelled"].indexOf(item.state) >= 0; }

  function summary() {
    panel.hidden = items.length === 0;
    var over = items.filter(function (i) { return i.state === "done"; }).length;
    document.getElementById("uploadSummary").textContent = word("summary", over, items.length);
  }

  function state(item, name, text) {
    item.state = name;
    item.text = text || "";
    draw(item);
    if (isOver(item)) { ended(); }
  }

  /* What is done */
  function send(item, method, target, headers, body, onProgress) {
    return new Promise(function (resolve, reject) {
      var request = new XMLHttpRequest();
      item.request = request;
      request.open(method, files.base + target);
      request.setRequestHeader("X-CSRF-Token", files.token);
      Object.keys(headers).forEach(function (name) { request.setRequestHeader(name, headers[name]); });
      if (onProgress) { request.upload.onprogress = function (e) { onProgress(e.loaded); }; }
      request.onload = function () { resolve(request); };
      request.onerror = request.onabort = request.ontimeout = function () { reject(new Error("broken")); };
      request.send(body);
    });
  }

  function Refused(status, text, problem) {
    this.status = status;
    this.text = text;
    this.problem = problem;
  }

  function refuse(request) {
    var problem = {};
    try { problem = JSON.parse(request.responseText); } catch (e) { /* an answer without a body */ }
    throw new Refused(request.status, files.refusal(request.status, request.responseText), problem);
  }

  function begin(item) {
    var known = recall(item);
    if (known && !item.id) {
      item.id = known;
      return position(item);
    }
    return announce(item);
  }

  function announce(item) {
    var wanted = JSON.stringify({ path: item.path, size: item.file.size, onConflict: item.conflict || "REJECT" });
    return send(item, "POST", "/uploads", { "Content-Type": "application/json" }, wanted).then(function (request) {
      if (request.status === 201) {
        item.id = JSON.parse(request.responseText).id;
        item.sent = 0;
        remember(item);
        return item;
      }
      var exists = request.status === 409 && /already-exists/.test(request.responseText);
      if (!exists || item.conflict) { return refuse(request); }
      return ask(item).then(function (choice) {
        if (choice === "REJECT") { throw new Refused(0, "skipped"); }
        item.conflict = choice;
        return announce(item);
      });
    });
  }

  /* How far it came, asked of the portal; an upload that it has forgotten begins anew. */
  function position(item) {
    return send(item, "HEAD", "/uploads/" + item.id, {}).then(function (request) {
      if (request.status === 200) {
        item.sent = Number(request.getResponseHeader("Upload-Offset"));
        item.whole = item.file.size > 0 && item.sent === item.file.size;
        return item;
      }
      if (request.status !== 404) { return refuse(request); }
      forget(item);
      item.id = null;
      return announce(item);
    });
  }

  function measure(item, at) {
    var now = performance.now();
    item.marks.push([now, at]);
    while (item.marks.length > 2 && now - item.marks[0][0] > 4000) { item.marks.shift(); }
    var first = item.marks[0];
    var time = (now - first[0]) / 1000;
    item.rate = time > 0.2 ? (at - first[1]) / time : item.rate;
  }

  function pieces(item) {
    if (item.whole) { return Promise.resolve(null); }
    var from = item.sent;
    var piece = item.file.slice(from, Math.min(from + PIECE, item.file.size));
    var headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from) };
    return send(item, "PATCH", "/uploads/" + item.id, headers, piece, function (loaded) {
      item.sent = Math.min(from + loaded, item.file.size);
      measure(item, item.sent);
      progress(item);
    }).then(function (request) {
      if (request.status === 204) {
        item.sent = Number(request.getResponseHeader("Upload-Offset"));
        item.failures = 0;
        return pieces(item);
      }
      if (request.status === 201) { return JSON.parse(request.responseText); }
      return refuse(request);
    });
  }

  function finished(item, stored) {
    forget(item);
    var other = stored && stored.path !== item.path;
    state(item, "done", other ? word("doneAs", stored.path) : word("done", files.bytes(item.file.size)));
    changed();
  }

  function run(item) {
    item.marks = [];
    state(item, "sending");
    var start = item.id ? position(item) : begin(item);
    start.then(pieces).then(function (stored) { finished(item, stored); }).catch(function (why) {
      if (item.state === "cancelled") { return; }
      if (why instanceof Refused) { refused(item, why); } else { broken(item); }
    });
  }

  function refused(item, why) {
    if (why.text === "skipped") { state(item, "skipped", word("skipped")); return; }
    var moved = why.status === 409 && /refusal:conflict/.test(why.problem.type || "");
    if (moved && item.failures < 3) {
      item.failures++;
      run(item);
      return;
    }
    forget(item);
    item.id = null;
    state(item, "failed", word("refused", why.text));
  }

  function broken(item) {
    var pause = PAUSES[item.failures++];
    if (pause === undefined) { state(item, "failed", word("broken")); return; }
    readable(item).then(function (can) {
      if (item.state === "cancelled") { return; }
      if (!can) { state(item, "failed", word("unreadable")); return; }
      state(item, "waiting", word("retrying", Math.round(pause / 1000)));
      item.timer = window.setTimeout(function () { run(item); }, pause);
    });
  }

  /* A file that was changed or removed on the reader's disk breaks like a connection. */
  function readable(item) {
    return item.file.slice(0, 1).arrayBuffer().then(function () { return true; }, function () { return false; });
  }

  function cancel(item) {
    var id = item.id;
    window.clearTimeout(item.timer);
    forget(item);
    item.id = null;
    item.sent = 0;
    state(item, "cancelled", word("cancelled"));
    if (item.request) { item.request.abort(); }
    if (id) { send(item, "DELETE", "/uploads/" + id, {}).then(changed, function () { /* it expires */ }); }
  }

  function retry(item) {
    item.failures = 0;
    item.conflict = null;
    state(item, "queued");
    next();
  }

  function next() {
    var running = items.filter(function (i) { return i.state === "sending" || i.state === "waiting"; }).length;
    items.filter(function (i) { return i.state === "queued"; }).slice(0, Math.max(0, AT_ONCE - running)).forEach(run);
  }

  function ended() {
    next();
    if (items.every(isOver)) { answerForAll = null; }
  }

  var refreshing = null;
  function changed() {
    window.clearTimeout(refreshing);
    refreshing = window.setTimeout(function () { window.slipwayFilesChanged(); }, 300);
  }

  /* A name that exists: one question at a time */
  function ask(item) {
    if (answerForAll) { return Promise.resolve(answerForAll); }
    var before = asking || Promise.resolve();
    asking = before.then(function () { return answerForAll || question(item); });
    return asking;
  }

  function question(item) {
    document.getElementById("conflictText").textContent = word("conflict", item.path);
    document.getElementById("conflictAll").checked = false;
    document.querySelectorAll("[data-conflict]").forEach(function (button) {
      button.hidden = files.conflicts.indexOf(button.getAttribute("data-conflict")) < 0;
    });
    window.PF("conflictDialog").show();
    return new Promise(function (resolve) {
      document.addEventListener("click", function choose(event) {
        var button = event.target.closest("[data-conflict]");
        if (!button) { return; }
        document.removeEventListener("click", choose);
        window.PF("conflictDialog").hide();
        var choice = button.getAttribute("data-conflict");
        if (document.getElementById("conflictAll").checked) { answerForAll = choice; }
        resolve(choice);
      });
    });
  }

  /* Where files come from */
  function add(file, below) {
    var folder = files.folder ? files.folder + "/" : "";
    var item = { file: file, path: folder + below, sent: 0, failures: 0, marks: [], state: "queued", text: "" };
    items.push(item);
    draw(item);
  }

  function addAll(chosen) {
    Array.prototype.forEach.call(chosen, function (file) { add(file, file.webkitRelativePath || file.name); });
    next();
  }

  function walk(entry) {
    if (entry.isFile) {
      return new Promise(function (resolve) {
        entry.file(function (file) { add(file, entry.fullPath.replace(/^\//, "")); resolve(); }, resolve);
      });
    }
    var reader = entry.createReader();
    function more() {
      return new Promise(function (resolve) { reader.readEntries(resolve, function () { resolve([]); }); }).then(function (entries) {
        if (!entries.length) { return null; }
        return entries.reduce(function (before, e) { return before.then(function () { return walk(e); }); }, Promise.resolve()).then(more);
      });
    }
    return more();
  }

  function dropped(data) {
    var entries = Array.prototype.map.call(data.items || [], function (i) {
      return i.webkitGetAsEntry ? i.webkitGetAsEntry() : null;
    }).filter(Boolean);
    if (!entries.length) { addAll(data.files); return; }
    entries.reduce(function (before, e) { return before.then(function () { return walk(e); }); }, Promise.resolve()).then(next);
  }

  function carriesFiles(event) {
    return event.dataTransfer && Array.prototype.indexOf.call(event.dataTransfer.types, "Files") >= 0;
  }

  document.addEventListener("dragover", function (event) {
    if (carriesFiles(event)) { event.preventDefault(); zone.classList.add("over"); }
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) { zone.classList.remove("over"); }
  });
  document.addEventListener("drop", function (event) {
    if (!carriesFiles(event)) { return; }
    event.preventDefault();
    zone.classList.remove("over");
    dropped(event.dataTransfer);
  });
  [["chooseFiles", "fileInput"], ["chooseFolder", "folderInput"]].forEach(function (pair) {
    var input = document.getElementById(pair[1]);
    document.getElementById(pair[0]).addEventListener("click", function () { input.click(); });
    input.addEventListener("change", function () { addAll(input.files); input.value = ""; });
  });
  document.getElementById("forgetUploads").addEventListener("click", function () {
    items = items.filter(function (item) {
      if (isOver(item) && item.row) { item.row.remove(); }
      return !isOver(item);
    });
    summary();
  });
  window.addEventListener("online", function () {
    items.filter(function (i) { return i.state === "waiting"; }).forEach(function (i) {
      window.clearTimeout(i.timer);
      run(i);
    });
  });
  window.addEventListener("beforeunload", function (event) {
    if (!items.every(isOver)) { event.preventDefault(); }
  });

  /* What an earlier visit left: it goes on when the same file is chosen again. */
  function showWaiting() {
    var holder = {};
    send(holder, "GET", "/uploads?limit=50", {}).then(function (request) {
      var open = request.status === 200 ? JSON.parse(request.responseText).items : [];
      var note = document.getElementById("waiting");
      note.textContent = "";
      note.hidden = !open.length;
      if (!open.length) { return; }
      var box = element("div", "stack-s");
      box.append(element("span", "", word("waiting")));
      open.forEach(function (u) {
        var line = element("div", "spread");
        var percent = u.size ? Math.floor(100 * u.offset / u.size) : 0;
        var button = element("button", "link", word("giveUp"));
        button.type = "button";
        button.setAttribute("aria-label", word("giveUp") + " " + u.path);
        button.addEventListener("click", function () {
          send({}, "DELETE", "/uploads/" + u.id, {}).then(function () { showWaiting(); changed(); }, function () { /* it expires */ });
        });
        line.append(element("bdi", "wrap", u.path + " (" + percent + " %)"), button);
        box.append(line);
      });
      note.append(icon("pi-info-circle"), box);
    }, function () { /* nothing is said about what cannot be known */ });
  }
  showWaiting();
})();
