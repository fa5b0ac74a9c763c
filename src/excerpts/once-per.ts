/**
 * The same work, done once for each object that it is asked about, and kept as long as that object. An article
 * is composed for each of its accounts, and most of the work is the same for all of them.
 */
export function oncePer<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const done = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const found = done.get(key);
    if (found !== undefined) return found.value;
    const value = work(key);
    done.set(key, { value });
    return value;
  };
}
