/** The same work, done once for each text: the same parts come again and again while a template is filled. */
export function oncePerText<Value>(work: (text: string) => Value): (text: string) => Value {
  const done = new Map<string, Value>();
  return (text) => {
    const found = done.get(text);
    if (found !== undefined) return found;
    const made = work(text);
    done.set(text, made);
    return made;
  };
}
