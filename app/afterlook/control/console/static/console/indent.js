// JSON laid out for reading, from its text: numbers and names stay as they were sent, to the digit.
// Knows no page.

const STEP = "  ";
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** @param {string} text @returns {string | null} null for what is not JSON */
export function indentJson(text) {
  try {
    JSON.parse(text);
  } catch (_notJson) {
    return null;
  }
  const tokens = text.match(TOKEN) ?? [];
  let depth = 0;
  let written = "";
  const line = () => `\n${STEP.repeat(depth)}`;
  tokens.forEach((token, place) => {
    const next = tokens[place + 1];
    if (token === "{" || token === "[") {
      depth += 1;
      const isEmpty = next === "}" || next === "]";
      written += isEmpty ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      const before = tokens[place - 1];
      written += before === "{" || before === "[" ? token : line() + token;
    } else if (token === ",") written += token + line();
    else if (token === ":") written += ": ";
    else written += token;
  });
  return written;
}
