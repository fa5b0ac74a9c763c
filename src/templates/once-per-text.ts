/** The same work, done once for each text: the same parts come again and again while a template is filled. */
export function oncePerText<Value>(work: (text: string) => Value): (text: string) => Value {
  const done = new Map<string, Value>();
  return (text) => {
    const value = done.get(text) ?? work(text);
    done.set(text, value);
    return value;
  };
}
