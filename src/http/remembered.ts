/** A function of a header value that keeps its answers: the same few values come again and again. */

const most = 512;
const longest = 256;

export function remembered<Value>(compute: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = compute(text);
    if (known.size === most) known.clear();
    if (text.length <= longest) known.set(text, value);
    return value;
  };
}
