// Server-sent events in the reply to a POST, which EventSource cannot send.

/** Events {name, data} of /api/ask/stream and its like, as they come. A failure before the first event is an Error whose message can be shown. */
export async function* postEvents(path, body, { signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("连不上服务，请检查网络，或确认服务已启动。");
  }
  if (!response.ok) {
    const failure = await response.json().catch(() => null);
    throw new Error(failure?.error || `服务出了问题（${response.status}）。`);
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let held = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      held += decoder.decode(value ?? new Uint8Array(), { stream: !done });
      const blocks = held.split("\n\n");
      held = blocks.pop();
      for (const block of blocks) {
        const event = parsed(block);
        if (event) yield event;
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => { /* it has ended */ });
  }
}

function parsed(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}
