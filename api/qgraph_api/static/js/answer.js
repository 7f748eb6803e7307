// Shows an answer: the short answer large, the sentence around it, its sources, and how it was found.
import { copyFrom, h, ownPath } from "./dom.js";
import { feedbackTools } from "./feedback.js";

const FEW = 3;
const MANY_ITEMS = 8;

export function placeOf(citation) {
  const section = citation.section_title && !citation.place.includes(citation.section_title) ? citation.section_title : "";
  const numbered = /^[\d.]+$/.test(citation.place);
  return [
    `${citation.college} ${citation.year}年度报告`,
    numbered ? `${citation.place} ${section}`.trim() : citation.place,
    numbered ? "" : section,
    citation.page ? `第 ${citation.page} 页` : "",
  ].filter(Boolean);
}

const squeezed = (text) => text.replace(/\s+/g, "");
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The stretches of a source that the answer rests on: its figures and names; spaces between do not matter. */
function foundPattern(answer) {
  const words = answer.kind === "number"
    ? answer.text.match(/\d[\d,]*(?:\.\d+)?%?/g) ?? []
    : ["entity", "list", "date"].includes(answer.kind) ? [...answer.items, answer.text] : [];
  const patterns = [...new Set(words.map((word) => word.trim()))].filter((word) => word && word.length <= 40)
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const loose = [...word].filter((c) => c.trim()).map(escaped).join("\\s*");
      return /^\d/.test(word) ? `(?<![\\d.])${loose}(?![\\d]|\\.\\d)` : loose;
    });
  return patterns.length ? new RegExp(`(${patterns.join("|")})`) : null;
}

/** Text in pieces; every second piece of a split by one group is what the group found. */
const withFound = (text, pattern) =>
  pattern ? text.split(pattern).map((piece, n) => (n % 2 ? h("mark", { class: "found" }, piece) : piece)) : [text];

/** A sentence links to its place; rows of a table stand as a table, with the rows short of a spanned cell moved right. */
function quoteView(text, link, pattern) {
  if (!text.includes("\t")) return h("a", { class: "quote", href: link }, withFound(text, pattern));
  const lines = text.split("\n");
  const rows = lines.filter((line) => line.includes("\t")).map((line) => line.split("\t"));
  const width = Math.max(...rows.map((row) => row.length));
  const cells = (row) => [...Array(width - row.length).fill(""), ...row].map((cell) => h("td", {}, withFound(cell, pattern)));
  return h("div", { class: "quote-table" }, h("a", { class: "quote", href: link }, lines.filter((line) => !line.includes("\t")).join(" ")),
    h("div", { class: "scroll" }, h("table", {}, rows.map((row) => h("tr", {}, cells(row))))));
}

function cite(citation, pattern) {
  const link = ownPath(citation.link);
  return h("li", {},
    h("span", { class: "no", "aria-label": `出处 ${citation.number}` }, String(citation.number)),
    h("div", {},
      quoteView(citation.text, link, pattern),
      h("p", { class: "source" }, placeOf(citation).map((part) => h("span", {}, part)), h("a", { class: "open", href: link }, "查看原文"))));
}

function citeList(title, citations, pattern = null) {
  if (!citations.length) return null;
  const rest = citations.slice(FEW);
  const show = (citation) => cite(citation, pattern);
  return h("div", { class: "cites" },
    h("h3", {}, title),
    h("ol", {}, citations.slice(0, FEW).map(show)),
    rest.length ? h("details", {}, h("summary", {}, `其余 ${rest.length} 处出处`), h("ol", {}, rest.map(show))) : null);
}

/** A case to take over: its title opens it in the report, its text unfolds here and can be copied with its source. */
function caseView(number, citation) {
  if (!citation) return h("li", {}, h("p", { class: "case-name" }, number));
  const [title, ...body] = citation.text.split("\n");
  const copy = h("button", { type: "button", class: "quiet" }, "复制案例和出处");
  copy.addEventListener("click", () => copyFrom(copy, `${citation.text}\n（出处：${placeOf(citation).join("，")}）`));
  return h("li", {},
    h("p", { class: "case-name" }, h("a", { href: ownPath(citation.link) }, title)),
    body.length ? h("details", {}, h("summary", {}, body.join(" ").slice(0, 80), "……"), body.map((line) => h("p", {}, line))) : null,
    h("p", { class: "source" }, placeOf(citation).filter((part) => part !== number).map((part) => h("span", {}, part)),
      h("a", { class: "open", href: ownPath(citation.link) }, "查看原文"), copy));
}

const ofCase = (answer, number) => answer.citations.find((citation) => citation.place === number || citation.text.startsWith(number));

function big(answer) {
  if (answer.kind === "case" && answer.cases.length) {
    return [h("ol", { class: "case-list" }, answer.cases.map((number) => caseView(number, ofCase(answer, number))))];
  }
  if (answer.kind === "list" && answer.items.length > 1) {
    return [
      h("p", { class: "item-count" }, `共 ${answer.items.length} 项`),
      h("ol", { class: answer.items.length > MANY_ITEMS ? "items columns" : "items" }, answer.items.map((item) => h("li", {}, item))),
    ];
  }
  const size = answer.kind === "passage" ? "big passage" : answer.text.length > 24 ? "big long" : "big";
  return [h("p", { class: size }, answer.text)];
}

function box(kind, title, lines) {
  return h("div", { class: `box ${kind}` }, h("h3", {}, title),
    lines.length > 1 ? h("ul", {}, lines.map((line) => h("li", {}, line))) : h("p", {}, lines[0]));
}

function trace(steps) {
  if (!steps.length) return null;
  return h("details", { class: "trace" }, h("summary", {}, "怎样找到的"),
    h("ol", {}, steps.map((step) => h("li", {}, h("strong", {}, step.name), step.detail ? `：${step.detail} ` : " ",
      step.milliseconds >= 0.1 ? h("span", { class: "ms" }, `${step.milliseconds.toFixed(step.milliseconds < 10 ? 1 : 0)} 毫秒`) : null))));
}

function suggestions(questions, ask) {
  if (!questions.length) return null;
  return h("div", { class: "suggestions" }, h("h3", {}, "还可以问"),
    h("ul", {}, questions.map((question) => h("li", {}, h("button", { type: "button", onclick: () => ask(question) }, question)))));
}

function sureness(confidence) {
  const words = confidence >= 0.85 ? "把握大" : confidence >= 0.6 ? "把握较大" : "把握一般，请核对原文";
  return h("span", { class: "sure", title: `估计正确的可能性 ${Math.round(confidence * 100)}%` }, words);
}

/** The reports that the answer rests on: that of the best source, and of each other source with the answer's words. */
function reportsOf(answer) {
  const pattern = foundPattern(answer);
  const [best, ...rest] = answer.citations;
  const used = [best, ...rest.filter((citation) => pattern?.test(citation.text))];
  return [...new Set(used.map((citation) => placeOf(citation)[0]))];
}

/** What is put on the clipboard: the answer and each source with its sentence. */
export function asText(answer) {
  const lines = [answer.question, answer.statement || answer.text];
  if (answer.kind === "list" && answer.items.length > 1 && !(answer.statement || "").includes(answer.items[0])) lines.push(answer.text);
  if (answer.calculation) lines.push(`计算：${answer.calculation}`);
  for (const other of answer.disagreement) lines.push(`另有说法：${other}`);
  lines.push("出处：");
  for (const citation of answer.citations) lines.push(`[${citation.number}] ${citation.text}（${placeOf(citation).join("，")}）`);
  return lines.join("\n");
}

function copyButton(answer) {
  const button = h("button", { type: "button", class: "quiet" }, "复制回答和出处");
  button.addEventListener("click", () => copyFrom(button, asText(answer)));
  return button;
}

/** The card of an answer. `ask` asks another question; `judge` says whether feedback is taken, `manyReports` that the report must be
 named; `worded` is the place for the text of a language model, if there is one. */
export function answerCard(answer, ask, { judge, manyReports }, worded = null) {
  const question = h("h2", { class: "asked-question" }, answer.question);
  const tools = (...more) => h("div", { class: "tools" }, ...more, h("span", { class: "spacer" }), judge ? feedbackTools(answer) : null);
  if (answer.refused) {
    return h("article", { class: "answer refused", tabindex: "-1" }, question,
      h("p", { class: "verdict" }, "报告里没有说"),
      answer.reason ? h("p", { class: "sentence" }, answer.reason) : null,
      worded,
      citeList("报告里相近的内容", answer.nearby),
      suggestions(answer.suggestions, ask),
      tools(trace(answer.trace)));
  }
  // a sentence that only repeats a table row says it worse than the row itself
  const repeatsRow = answer.citations[0]?.text.includes("\t") && squeezed(answer.statement) === squeezed(answer.citations[0].text);
  const sentence = !repeatsRow && answer.statement && answer.statement !== answer.text && answer.kind !== "case" ? h("p", { class: "sentence" }, answer.statement) : null;
  return h("article", { class: "answer", tabindex: "-1" }, question, big(answer), sentence,
    manyReports && answer.citations.length && answer.kind !== "case" ? h("p", { class: "according" }, `据${reportsOf(answer).join("、")}`) : null,
    answer.calculation ? box("sum", "计算过程", [answer.calculation]) : null,
    answer.disagreement.length ? box("differ", "报告里还有不一致的说法", answer.disagreement) : null,
    worded,
    citeList("出处", answer.kind === "case" ? answer.citations.filter((c) => !answer.cases.some((n) => ofCase(answer, n) === c)) : answer.citations, foundPattern(answer)),
    suggestions(answer.suggestions, ask),
    tools(copyButton(answer), trace(answer.trace), sureness(answer.confidence)));
}
