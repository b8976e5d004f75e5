declare module "lzma" {
  /** `mode` is 1 (fast) to 9 (small). Bytes of the result are signed. */
  const lzma: { compress: (bytes: number[], mode: number) => number[] };
  export default lzma;
}
