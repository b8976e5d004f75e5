// base64 of RFC 4648, section 4, in its one form.

/** The bytes; undefined if the text is not their one form. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    const packed = atob(text);
    return btoa(packed) === text ? Uint8Array.from(packed, (char) => char.charCodeAt(0)) : undefined;
  } catch {
    return undefined;
  }
}
