// Files out of a .zip: stored or deflated, as Windows, macOS and Linux make them.
// Bounded, because a small archive can claim to hold anything: at most LIMIT bytes and
// COUNT files, each no longer than it says.

import type { Source } from "./messages.ts";
import { inflate } from "../verifier/slip/inflate.ts";
import { Refused } from "../verifier/text.ts";

const LIMIT = 1 << 30;
const COUNT = 200_000;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

const refuse = (zh: string, en: string): never => {
  throw new Refused(`压缩文件：${zh}`, `The zip archive ${en}`);
};

/** Whether the bytes begin like an archive, an empty one too. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** Where the directory begins, and how many entries it has. */
function directory(view: DataView): { at: number; count: number } {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const found = { at: view.getUint32(at + 16, true), count: view.getUint16(at + 10, true) };
    if (found.at === 0xffffffff || found.count === 0xffff) refuse("是 zip64 格式，请直接选择文件夹", "is zip64: choose the folder itself");
    return found;
  }
  return refuse("不完整", "is not complete");
}

interface Entry {
  path: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  local: number;
  encrypted: boolean;
}

function entryAt(view: DataView, bytes: Uint8Array, at: number): { entry: Entry; next: number } {
  if (view.getUint32(at, true) !== ENTRY) refuse("目录损坏", "has a damaged directory");
  const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [number, number, number];
  const entry = {
    // Names outside ASCII are no names of a draw, so their encoding does not matter.
    path: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)).replaceAll("\\", "/"),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    local: view.getUint32(at + 42, true),
  };
  return { entry, next: at + 46 + name + extra + comment };
}

function unpack(view: DataView, bytes: Uint8Array, entry: Entry): Uint8Array {
  const { path, local } = entry;
  if (entry.encrypted) refuse(`${path} 有密码`, `has ${path} under a password`);
  if (view.getUint32(local, true) !== LOCAL) refuse(`${path} 损坏`, `has ${path} damaged`);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) refuse("不完整", "is not complete");
  const content = inflated(packed, entry);
  if (content.length !== entry.size || crc32(content) !== entry.crc) refuse(`${path} 损坏`, `has ${path} damaged`);
  return content;
}

function inflated(packed: Uint8Array, { path, method, size }: Entry): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) refuse(`${path} 的压缩方法不支持，请直接选择文件夹`, `packs ${path} by a method that is not supported: choose the folder itself`);
  return inflate(packed, size) ?? refuse(`${path} 损坏`, `has ${path} damaged`);
}

/** The files of an archive. */
export function unzip(bytes: Uint8Array): Source[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return files(view, bytes);
  } catch (thrown) {
    if (thrown instanceof Refused) throw thrown;
    return refuse("损坏", "is damaged");
  }
}

function files(view: DataView, bytes: Uint8Array): Source[] {
  const { at: start, count } = directory(view);
  if (count > COUNT) refuse(`超过 ${COUNT} 个文件`, `has more than ${COUNT} files`);
  const sources: Source[] = [];
  let total = 0;
  let at = start;
  for (let i = 0; i < count; i++) {
    const { entry, next } = entryAt(view, bytes, at);
    at = next;
    if (entry.path.endsWith("/")) continue;
    total += entry.size;
    if (total > LIMIT) refuse("解压后超过 1 GB，请直接选择文件夹", "holds more than 1 GB: choose the folder itself");
    sources.push({ path: entry.path, blob: new Blob([unpack(view, bytes, entry) as BlobPart]) });
  }
  return sources;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
