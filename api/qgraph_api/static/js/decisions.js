// Staff decisions: buttons and forms that say what is decided, each with its own place for what came of it.
import { getJson, postJson } from "./api.js";
import { h } from "./dom.js";

const who = document.getElementById("who");
const KEY = "qgraph-who";
try { who.value = localStorage.getItem(KEY) ?? ""; } catch { /* storage may be off */ }

// Ids of the entities whose names were offered, by what stands in the field.
const offeredIds = new Map();
const chosen = (text) => offeredIds.get(text?.trim()) ?? text?.trim();
const list = (text) => (text ? [text] : []);

/** What a button or a form decides: its kind and target, and the fields of the form. */
function decision(source) {
  const fields = source instanceof HTMLFormElement ? new FormData(source) : new FormData();
  const body = { kind: source.dataset.kind, target: source.dataset.target ?? chosen(fields.get("target")) };
  const others = list(source.dataset.others ?? chosen(fields.get("others")));
  if (others.length) body.others = others;
  for (const name of ["name", "type"]) if (fields.has(name)) body[name] = fields.get(name).trim();
  if (fields.has("names")) body.names = fields.getAll("names");
  return body;
}

async function send(item, body) {
  const status = item.querySelector(".mark-status");
  const name = who.value.trim();
  status.classList.remove("failed");
  if (!name) {
    status.textContent = "请先填写“作决定的人”，再点一次。";
    status.classList.add("failed");
    who.focus();
    return;
  }
  try { localStorage.setItem(KEY, name); } catch { /* then it is asked for again */ }
  const controls = [...item.querySelectorAll("button, input, select")];
  for (const control of controls) control.disabled = true;
  let made = null;
  try {
    made = await postJson("/api/decisions", { ...body, who: name });
  } catch (error) {
    status.textContent = error.message;
    status.classList.add("failed");
  }
  for (const control of controls) control.disabled = false;
  if (made) show(item, made);
}

/** Says what was recorded, and offers to take it back. */
function show(item, made) {
  const undone = made.kind === "undo";
  const inJournal = item.closest(".journal") !== null;
  const undo = item.querySelector("[data-undo]");
  const again = undone && undo.dataset.undo === made.target;
  item.classList.toggle("done", !again);
  item.querySelector(".choices").hidden = !again;
  undo.hidden = again || inJournal;
  undo.dataset.undo = again ? "" : made.id;
  document.getElementById("stale")?.removeAttribute("hidden");
  const status = item.querySelector(".mark-status");
  status.textContent = again
    ? "已撤销。"
    : `已记下（${made.id}）：${made.text}。下次建库时生效。`;
  (again ? item.querySelector(".choices button, .choices input") : undo.hidden ? status : undo).focus();
}

function bind(item) {
  for (const button of item.querySelectorAll("button[data-kind]")) {
    button.addEventListener("click", () => send(item, decision(button)));
  }
  for (const form of item.querySelectorAll("form[data-kind]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(item, decision(form));
    });
  }
  for (const button of item.querySelectorAll("[data-open]")) {
    const form = document.getElementById(button.dataset.open);
    button.addEventListener("click", () => {
      const opening = form.hidden;
      for (const other of item.querySelectorAll("[data-open]")) {
        const opened = other === button && opening;
        document.getElementById(other.dataset.open).hidden = !opened;
        other.setAttribute("aria-expanded", String(opened));
      }
      if (!form.hidden) form.querySelector("input, select").focus();
    });
  }
  const undo = item.querySelector("[data-undo]");
  undo.addEventListener("click", () => send(item, { kind: "undo", target: undo.dataset.undo }));
}

for (const item of document.querySelectorAll("[data-decide]")) bind(item);

// Buttons behind every statement and figure, made only when they are wanted.
const each = document.getElementById("each-fact");
each?.closest("label").removeAttribute("hidden");
each?.addEventListener("change", () => {
  document.getElementById("main").classList.toggle("by-fact", each.checked);
  for (const cell of document.querySelectorAll(".decide-cell")) cell.hidden = !each.checked;
  if (!each.checked || document.querySelector(".decide-cell")) return;
  for (const row of document.querySelectorAll("tr[data-fact]")) {
    const button = (kind, text) =>
      h("button", { type: "button", class: "quiet", "data-kind": kind, "data-target": row.dataset.fact }, text);
    row.append(h("td", { class: "decide-cell" },
      h("span", { class: "choices" }, button("wrong", "有误"), "confirm" in row.dataset && button("confirmed", "确认")),
      h("p", { class: "mark-status", role: "status", tabindex: "-1" }),
      h("button", { type: "button", class: "quiet", "data-undo": "", hidden: true }, "撤销")));
    bind(row);
  }
  for (const head of document.querySelectorAll("thead tr")) {
    if (head.closest("table").querySelector("tr[data-fact]")) head.append(h("th", { scope: "col", class: "decide-cell" }, "决定"));
  }
});

// Names of entities are offered while one is typed.
for (const [number, input] of [...document.querySelectorAll("input[data-entities]")].entries()) {
  const offered = h("datalist", { id: `entities-${number}` });
  input.setAttribute("list", offered.id);
  input.after(offered);
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const query = new URLSearchParams({ q: input.value.trim(), type: input.dataset.entities, limit: "12" });
      try {
        const { entities } = await getJson(`/api/entities?${query}`);
        const shown = entities.map((e) => [input.dataset.entities ? e.name : `${e.name}（${e.label}）`, e]);
        for (const [text, e] of shown) if (!offeredIds.has(text)) offeredIds.set(text, e.id);
        offered.replaceChildren(...shown.map(([text, e]) => h("option", { value: text }, e.label)));
      } catch { /* the name can be typed in full */ }
    }, 200);
  });
}
