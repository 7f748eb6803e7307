// The road to the JSON API. Every failure becomes an Error whose message can be shown as it is.

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("连不上服务，请检查网络，或确认服务已启动。");
  }
  let body = null;
  try { body = await response.json(); } catch { /* told below */ }
  if (!response.ok || body === null) throw new Error(body?.error || `服务出了问题（${response.status}）。`);
  return body;
}

export const getJson = (path, options = {}) => call(path, { headers: { Accept: "application/json" }, ...options });

export const postJson = (path, body, options = {}) =>
  call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    ...options,
  });
