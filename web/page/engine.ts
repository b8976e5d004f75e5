// Where the verifying is done: in a worker, so that the page stays alive; in the page
// itself where no worker can be started.

import type { Answer, Asks, Kind, Posted, Progress, Question, Reply } from "./messages.ts";
import type { Said } from "../verifier/report.ts";

/** What the engine answers instead, in words for people. */
export class NotAnswered extends Error {
  constructor(readonly said: Said) {
    super(said.en);
  }
}

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (why: NotAnswered) => void;
  progress: ((progress: Progress) => void) | undefined;
}

/** The engine as it registers itself where there is no worker. */
type Inside = (posted: Posted, reply: (reply: Reply) => void) => void;
declare global {
  var yaohaoEngine: Inside | undefined;
  /** The engine's program, as boot.ts unpacked it. */
  var yaohaoEngineText: string;
}

const STOPPED: Said = { zh: "已经停止。", en: "Stopped." };

export class Engine {
  private number = 0;
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private readonly text = new Blob([globalThis.yaohaoEngineText], { type: "text/javascript" });

  /** Asks, and tells of the progress if it is a long one. */
  async ask<K extends Kind>(
    kind: K,
    of: Asks[K]["of"],
    progress?: (progress: Progress) => void,
  ): Promise<Asks[K]["answer"]> {
    const send = await this.started();
    const number = ++this.number;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject, progress });
      send({ number, question: { kind, of } as Question });
    });
  }

  /** Stops whatever is running. What was opened has to be opened again. */
  cancel(): void {
    this.worker?.terminate();
    this.worker = undefined;
    for (const [number] of this.waiting) this.take({ number, refused: STOPPED });
  }

  /** Whether it works beside the page, so that it can be stopped. */
  get canStop(): boolean {
    return this.worker !== undefined;
  }

  private async started(): Promise<(posted: Posted) => void> {
    if (!this.worker && !globalThis.yaohaoEngine) {
      const address = URL.createObjectURL(this.text);
      this.worker = startWorker(address);
      if (this.worker && !(await this.answers(this.worker))) this.worker = undefined;
      if (!this.worker) await load(address);
      URL.revokeObjectURL(address);
    }
    const { worker } = this;
    if (worker) return (posted) => worker.postMessage(posted);
    return (posted) => globalThis.yaohaoEngine?.(posted, (reply) => this.take(reply));
  }

  /** Whether the worker runs: it says so once, or the browser reports an error. */
  private answers(worker: Worker): Promise<boolean> {
    return new Promise((resolve) => {
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(false);
        for (const [number] of this.waiting) this.take({ number, refused: broken(event.message) });
      };
      worker.onmessage = (event: MessageEvent<Reply | "ready">) => {
        if (event.data === "ready") resolve(true);
        else this.take(event.data);
      };
    });
  }

  private take(reply: Reply): void {
    const waiting = this.waiting.get(reply.number);
    if (!waiting) return;
    if ("progress" in reply) return waiting.progress?.(reply.progress);
    this.waiting.delete(reply.number);
    if ("answer" in reply) waiting.resolve(reply.answer);
    else waiting.reject(new NotAnswered(reply.refused));
  }
}

const broken = (what: string): Said => ({
  zh: `核验程序出错，没有得出结论：${what}`,
  en: `The verifier has failed and come to no verdict: ${what}`,
});

function startWorker(address: string): Worker | undefined {
  try {
    return new Worker(address);
  } catch {
    return undefined;
  }
}

function load(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve();
    script.onerror = () => reject(new NotAnswered(broken("engine")));
    document.head.append(script);
  });
}
