// The text of a language model under an answer: sentences as they come, each with numbers that open the report at the
// sentence it rests on. What could not be borne out is counted, never shown.
import { placeOf } from "./answer.js";
import { copyFrom, h, ownPath } from "./dom.js";

const LABEL = "由语言模型组织文字，已逐句核对";

function mark(citation) {
  return h("a", {
    class: "mark", href: ownPath(citation.link), title: `${citation.text}\n—— ${placeOf(citation).join("，")}`,
    "aria-label": `出处 ${citation.number}，打开原文`,
  }, String(citation.number));
}

/** The full stop stands behind the numbers, as in print. */
function sentenceView(sentence) {
  const [, words, end] = sentence.text.match(/^(.*?)([。！？；!?;]*[”’」』）)]*)$/s);
  return h("span", { class: "worded-sentence" }, words, h("span", { class: "together" }, sentence.citations.map(mark), end));
}

const asText = (worded) => [
  worded.text,
  "出处：",
  ...cited(worded.sentences).map((citation) => `[${citation.number}] ${citation.text}（${placeOf(citation).join("，")}）`),
].join("\n");

function cited(sentences) {
  const all = new Map();
  for (const citation of sentences.flatMap((sentence) => sentence.citations)) all.set(citation.sentence, citation);
  return [...all.values()].sort((a, b) => a.number - b.number || a.start - b.start);
}

function restsOn(sentences) {
  const rows = cited(sentences);
  return h("details", { class: "rests" }, h("summary", {}, `这段文字依据的 ${rows.length} 句原文`),
    h("ol", {}, rows.map((citation) => h("li", {}, h("span", { class: "no" }, String(citation.number)),
      h("div", {}, h("a", { class: "quote", href: ownPath(citation.link) }, citation.text),
        h("p", { class: "source" }, placeOf(citation).map((part) => h("span", {}, part))))))));
}

/** The box for the text: {element, begin, add, finish}. It is hidden until there is something to say. */
export function wordedBox(refused) {
  const text = h("p", { class: "worded-text" });
  const note = h("p", { class: "worded-note" });
  const waiting = h("p", { class: "waiting" }, "语言模型正在组织文字");
  const label = h("h3", {}, refused ? `${LABEL}（根据报告里相近的内容）` : LABEL);
  const element = h("section", { class: "worded", hidden: true, "aria-label": LABEL }, label, text, waiting, note);
  return {
    element,
    begin() {
      element.hidden = false;
      label.hidden = true;
    },
    add(sentence) {
      if (!sentence.supported) return;
      label.hidden = false;
      text.append(sentenceView(sentence));
    },
    finish(worded) {
      waiting.remove();
      // where the model was not asked, there is nothing to tell
      if (!worded || (element.hidden && worded.complete)) return;
      element.hidden = false;
      label.hidden = !worded.sentences.length;
      text.replaceChildren(...worded.sentences.map(sentenceView));
      text.hidden = !worded.sentences.length;
      note.textContent = worded.note;
      note.hidden = !worded.note;
      if (!worded.sentences.length) return;
      const copy = h("button", { type: "button", class: "quiet" }, "复制这段文字和出处");
      copy.addEventListener("click", () => copyFrom(copy, asText(worded)));
      element.append(restsOn(worded.sentences), copy);
    },
    fail(message) {
      waiting.remove();
      note.textContent = message;
    },
  };
}
