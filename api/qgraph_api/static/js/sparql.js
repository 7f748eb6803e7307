// The SPARQL page: an editor, ready-made queries, results as a table with links to the pages of this site.
import { h } from "./dom.js";

const ID = "https://qgraph.example/id/";
const NS = "https://qgraph.example/ns#";
const MOST_ROWS = 1000;
const plain = document.getElementById("query");
const form = document.getElementById("sparql-form");
const status = document.getElementById("sparql-status");
const result = document.getElementById("result");
const saveCsv = document.getElementById("save-csv");
const saveJson = document.getElementById("save-json");
let editor = null;
let lastQuery = "";

async function send(query, accept) {
  const response = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query,
  }).catch(() => { throw new Error("连不上服务，请确认服务已启动。"); });
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    throw new Error(body?.error || `服务出了问题（${response.status}）。`);
  }
  return response;
}

const prefixes = JSON.parse(document.getElementById("sparql").dataset.prefixes);

/** The query with a PREFIX line for each known prefix that it uses and does not declare. */
function declared(query) {
  const bare = query.replace(/<[^<>\s]*>|"(?:\\.|[^"\\\n])*"|#[^\n]*/g, " ");
  const missing = Object.keys(prefixes).filter((name) =>
    new RegExp(`(^|[^\\w:-])${name}:`).test(bare) && !new RegExp(`PREFIX\\s+${name}:`, "i").test(bare));
  return missing.map((name) => `PREFIX ${name}: <${prefixes[name]}>\n`).join("") + query;
}

const text = () => (editor ? editor.getValue() : plain.value);
function setText(given) {
  const query = declared(given);
  if (editor) editor.setValue(query);
  plain.value = query;
}

/** Things of this knowledge base open here; other IRIs are shown as they are. */
function shownIri(iri) {
  if (!iri.startsWith(ID)) return iri.startsWith(NS) ? `qg:${iri.slice(NS.length)}` : iri;
  const id = decodeURIComponent(iri.slice(ID.length));
  if (/^report\//.test(id)) return h("a", { href: `/reports/${encodeURIComponent(id.slice(7))}` }, id);
  if (/^[A-Z]\w*\/[0-9a-f]{12}$/.test(id)) return h("a", { href: `/entities/${id}` }, id);
  const element = /^(r\d{4}-[0-9a-f]{8})\/((?:sec|p|t|f|case)\d+)$/.exec(id);
  if (element) return h("a", { href: `/reports/${element[1]}#${element[2]}` }, id);
  return id;
}

function cell(value) {
  if (!value) return h("td", {});
  if (value.type === "uri") return h("td", {}, shownIri(value.value));
  const numeric = /#(integer|decimal|double|float)$/.test(value.datatype || "");
  return h("td", { class: numeric ? "number" : null }, value.type === "triple" ? JSON.stringify(value.value) : value.value);
}

function table(body) {
  const names = body.head.vars;
  const rows = body.results.bindings;
  const head = h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name))));
  return h("table", { class: "grid" }, head, h("tbody", {}, rows.slice(0, MOST_ROWS).map((row) => h("tr", {}, names.map((name) => cell(row[name]))))));
}

async function run() {
  const query = text();
  lastQuery = query;
  status.classList.remove("sparql-error");
  status.textContent = "正在查询……";
  result.replaceChildren();
  saveCsv.hidden = saveJson.hidden = true;
  const started = performance.now();
  try {
    const response = await send(query, "application/sparql-results+json, text/turtle;q=0.9");
    const seconds = () => `用时 ${((performance.now() - started) / 1000).toFixed(2)} 秒`;
    const cut = response.headers.get("X-Truncated") === "true" ? "（结果太多，已截断）" : "";
    if (response.headers.get("Content-Type").startsWith("text/turtle")) {
      result.replaceChildren(h("pre", {}, await response.text()));
      status.textContent = `三元组，Turtle 格式${cut}，${seconds()}`;
    } else {
      const body = await response.json();
      if ("boolean" in body) {
        status.textContent = `${body.boolean ? "是" : "否"}，${seconds()}`;
      } else {
        const count = body.results.bindings.length;
        result.replaceChildren(count ? table(body) : h("p", { class: "empty" }, "没有结果。"));
        status.textContent = `${count} 行${cut}${count > MOST_ROWS ? `，显示前 ${MOST_ROWS} 行` : ""}，${seconds()}`;
        saveCsv.hidden = saveJson.hidden = count === 0;
      }
    }
  } catch (error) {
    status.classList.add("sparql-error");
    status.textContent = error.message;
  }
}

async function save(accept, name, mark = "") {
  try {
    const body = await (await send(lastQuery, accept)).text();
    const address = URL.createObjectURL(new Blob([mark, body], { type: accept }));
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  } catch (error) {
    status.textContent = error.message;
  }
}

// Excel takes a CSV file for UTF-8 only when it begins with a byte order mark.
saveCsv.addEventListener("click", () => save("text/csv", "查询结果.csv", "\ufeff"));
saveJson.addEventListener("click", () => save("application/sparql-results+json", "查询结果.json"));
form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
for (const button of document.querySelectorAll("#named button")) {
  button.addEventListener("click", () => { setText(button.dataset.query); run(); });
}

/** Classes and relations of the vocabulary with their Chinese names, for the list and for completion. */
async function readWords() {
  const query = `SELECT ?term (SAMPLE(?zh) AS ?name) (SAMPLE(?class) AS ?isClass) WHERE {
    ?term rdfs:label ?zh FILTER(LANG(?zh) = "zh" && STRSTARTS(STR(?term), STR(qg:)))
    BIND(EXISTS { ?term a owl:Class } AS ?class)
  } GROUP BY ?term ORDER BY DESC(?isClass) ?term`;
  const body = await (await send(query, "application/sparql-results+json")).json();
  return body.results.bindings.map((row) => ({ term: `qg:${row.term.value.slice(NS.length)}`, name: row.name.value, isClass: row.isClass?.value === "true" }));
}

function showWords(words) {
  const list = (title, rows) => [h("h3", {}, title), h("dl", {}, rows.map((word) => [h("dt", {}, word.term), h("dd", {}, word.name)]).flat())];
  document.getElementById("words").replaceChildren(
    ...list("类", words.filter((word) => word.isClass)), ...list("关系与属性", words.filter((word) => !word.isClass)));
}

/** YASGUI's editor instead of the plain box; completion offers our own vocabulary, nothing is fetched from outside. */
function makeEditor(words) {
  const Yasqe = window.Yasqe;
  if (!Yasqe) return;
  const hold = document.getElementById("editor");
  Yasqe.registerAutocompleter({
    name: "vocabulary",
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => /^[a-z]*:?\w*$/i.test(yasqe.getCompleteToken().string.trim()),
    get: (yasqe, token) => {
      const begun = token.string.trim().toLowerCase();
      return words.map((word) => word.term).filter((term) => term.toLowerCase().startsWith(begun) || (begun.length > 1 && term.toLowerCase().includes(begun)));
    },
  }, true);
  // YASQE's own completer fetches the prefixes of the world; this one knows ours and adds them as they are typed
  Yasqe.forkAutocompleter("prefixes", {
    name: "own-prefixes",
    persistenceId: null,
    get: () => Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`),
  }, false);
  hold.hidden = false;
  editor = new Yasqe(hold, {
    value: plain.value,
    autocompleters: ["own-prefixes", "variables", "vocabulary"],
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "20rem",
    requestConfig: { endpoint: "/sparql" },
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, Tab: false, "Shift-Tab": false, Esc: (yasqe) => yasqe.getInputField().blur(), "Ctrl-Space": (yasqe) => yasqe.autocomplete() },
  });
  const explainErrors = () => {
    for (const icon of hold.querySelectorAll(".parseErrorIcon")) icon.setAttribute("title", "这一行不符合 SPARQL 语法");
  };
  editor.on("change", () => setTimeout(explainErrors));
  setText(plain.value);
  editor.getInputField().setAttribute("aria-labelledby", "query-label");
  plain.hidden = true;
}

let words = [];
try {
  words = await readWords();
  showWords(words);
} catch {
  document.getElementById("words").textContent = "没有读到词汇表。";
}
try {
  makeEditor(words);
} catch (error) {
  editor = null; // the plain box does the same work
  plain.hidden = false;
  document.getElementById("editor").hidden = true;
  console.warn(error);
}
if (new URLSearchParams(location.search).get("query")) run();
