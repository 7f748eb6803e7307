// Right or wrong: what people think of an answer goes back to the office that keeps the knowledge base.
import { postJson } from "./api.js";
import { h } from "./dom.js";

export function feedbackTools(answer) {
  const area = h("span", { class: "judge" });
  const thanks = () => area.replaceChildren(h("span", { class: "done-note", role: "status" }, "已记下，谢谢"));
  const failed = (error) => area.append(h("span", { role: "alert" }, error.message));
  const send = (verdict, more = {}) =>
    postJson("/api/feedback", { question: answer.question, verdict, kind: answer.kind, answer: answer.text.slice(0, 2000), ...more })
      .then(thanks).catch(failed);

  const askForMore = (verdict) => {
    const expected = h("input", { maxlength: "2000", placeholder: "正确的回答（不清楚可不填）", "aria-label": "正确的回答" });
    const note = h("input", { maxlength: "2000", placeholder: "哪里不对（可不填）", "aria-label": "哪里不对" });
    const form = h("form", { class: "judge-form" }, h("div", { class: "row" }, expected, note, h("button", { type: "submit" }, "提交")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(verdict, { expected: expected.value.trim(), note: note.value.trim() });
    });
    area.replaceChildren(form);
    expected.focus();
  };

  const buttons = answer.refused
    ? [h("button", { type: "button", class: "quiet", onclick: () => askForMore("refused") }, "报告里其实有")]
    : [h("button", { type: "button", class: "quiet", onclick: () => send("right") }, "正确"),
       h("button", { type: "button", class: "quiet", onclick: () => askForMore("wrong") }, "不正确")];
  area.append(answer.refused ? "" : "这个回答", ...buttons);
  return area;
}
