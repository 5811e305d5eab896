/**
 * Turns many small questions into one: what is asked within one turn of the event loop is asked together. Nobody gets an
 * answer older than the question. A failure is everybody's who asked.
 */
export function together<K, V>(
  ask: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
): (key: K) => Promise<V | undefined> {
  let gathering: { readonly keys: Set<K>; readonly answers: Promise<ReadonlyMap<K, V>> } | undefined;
  const gather = () => {
    const keys = new Set<K>();
    const turnOver = new Promise<void>((resolve) => process.nextTick(resolve));
    const answers = turnOver.then(() => {
      gathering = undefined;
      return ask([...keys]);
    });
    return { keys, answers };
  };
  return async (key) => {
    gathering ??= gather();
    gathering.keys.add(key);
    return (await gathering.answers).get(key);
  };
}
