// What the page and the engine say to each other: plain data that a worker can take.

import type { AuditReport } from "../verifier/audit/audit.ts";
import type { Said } from "../verifier/report.ts";
import type { Proof } from "../verifier/proof.ts";
import type { SlipReport } from "../verifier/slip/check.ts";
import type { Report } from "../verifier/verify.ts";

/** One file of what was dropped, chosen or fetched: its path with "/" and its bytes. */
export interface Source {
  path: string;
  blob: Blob;
}

/** A folder that holds a draw. */
export interface Folder {
  /** Its path in what was opened, which names it. */
  path: string;
  /** The draw number that its commitment states, if that can be read. */
  draw: string | undefined;
  /** What lies beside it. */
  log: boolean;
  verifier: boolean;
}

/** A draw's report, of which folder, and how long it took. */
export interface DrawReport extends Report {
  folder: string;
  milliseconds: number;
}

/** A unit that a search found. */
export interface Found {
  id: string;
  name: string | undefined;
}

/** What somebody at the door has: codes or text, cards, and what was announced. */
export interface SlipQuestion {
  text: string;
  certificates: string[];
  /** `2026-12-08` */
  on: string;
  logPolicy: Blob | undefined;
  record: string | undefined;
  change: string | undefined;
}

/** What the page asks, by kind, with what it gets. */
export interface Asks {
  open: { of: { sources: Source[] }; answer: { folders: Folder[] } };
  verify: { of: { folder: string; commitment: string | undefined }; answer: DrawReport };
  find: { of: { folder: string; text: string }; answer: { found: Found[]; more: boolean } };
  prove: { of: { folder: string; unit: string }; answer: Proof };
  /** `now` in seconds; the history is that of the folder which holds the draws. */
  audit: { of: { now: number }; answer: AuditReport };
  slip: { of: SlipQuestion; answer: SlipReport };
}

export type Kind = keyof Asks;
export type Question = { [K in Kind]: { kind: K; of: Asks[K]["of"] } }[Kind];
export type Answer = Asks[Kind]["answer"];

/** Told while a draw is verified: what is being checked, and how far it is. */
export interface Progress {
  done: number;
  total: number;
  what: Said;
}

export type Posted = { number: number; question: Question };
export type Reply =
  | { number: number; progress: Progress }
  | { number: number; answer: Answer }
  | { number: number; refused: Said };
