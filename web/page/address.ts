// The part of the address behind "#": what is shown, in which language. It is the
// only memory of the page.

const read = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));

/** The value of that name, if it is there and not empty. */
export function stated(name: string): string | undefined {
  return read().get(name) || undefined;
}

/** Sets some values, and takes away those that are undefined. */
export function state(changes: Record<string, string | undefined>): void {
  const values = read();
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) values.delete(name);
    else values.set(name, value);
  }
  // A slash and a colon are allowed there and are easier to read.
  const text = values.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
}
