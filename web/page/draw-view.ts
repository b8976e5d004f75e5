// Opening files and verifying the draws in them.

import { stated } from "./address.ts";
import { byId, el, fill, save, show } from "./dom.ts";
import { download, isOverHttp } from "./download.ts";
import { type Engine, NotAnswered } from "./engine.ts";
import { chosen, dropped } from "./gather.ts";
import type { DrawReport, Folder, Source } from "./messages.ts";
import { counted, drawVerdict } from "./names.ts";
import { auditReport } from "./audit-view.ts";
import { clock } from "./clock.ts";
import { drawReport } from "./report-view.ts";
import { type Language, reportText } from "./report-text.ts";
import { hashTyped, isHash } from "./typed.ts";
import { unitView } from "./unit-view.ts";
import { type Said, said } from "../verifier/report.ts";

const announced = byId<HTMLInputElement>("announced");
const notice = byId("notice");
const running = byId("running");
const progress = byId<HTMLProgressElement>("progress");
const draws = byId("draws");
const result = byId("result");

const language = (): Language => (document.documentElement.lang === "en" ? "en" : "zh");

function tell(words: Said | undefined): void {
  show(notice, words !== undefined);
  fill(notice, words);
}

/** Says what is going on; it can be stopped once the engine has it. */
function run(words: Said, canStop = false): void {
  tell(undefined);
  show(running, true);
  show(byId("cancel"), canStop);
  fill(byId("running-words"), words);
}

export class DrawView {
  private shown: { folder: string } | undefined;
  private sources: Source[] = [];
  private malformed = false;
  private last = Promise.resolve();

  constructor(
    private readonly engine: Engine,
    private readonly version: string,
  ) {
    this.listen();
  }

  /** Opens what the address asks for. Where the browser forbids that, says what to do. */
  async openStated(): Promise<void> {
    const path = stated("draw");
    if (path === undefined) return;
    if (!isOverHttp()) {
      const name = path.split("/").filter(Boolean).at(-1) ?? path;
      tell(said(
        `浏览器不允许从本机打开的网页自己读取文件：请把文件夹 ${name}（位置 ${path}）拖到上面的方框里，或者点“选择文件夹”。`,
        `A page opened from a disk may not read files by itself: drag the folder ${name} (at ${path}) to the box above, or choose it.`,
      ));
      return;
    }
    await this.guarded(async () => {
      run(FETCHING);
      const { sources, folder, history } = await download(path, (words) => fill(byId("running-words"), words));
      this.sources = sources;
      await this.engine.ask("open", { sources });
      this.offer(history);
      await this.verify(folder);
    });
  }

  private listen(): void {
    const drop = byId("drop");
    const over = (event: DragEvent): void => {
      event.preventDefault();
      drop.classList.add("over");
    };
    // Anywhere on the page, so that a near miss does not make the browser open the file.
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", () => drop.classList.remove("over"));
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer) void this.open(dropped(event.dataTransfer));
    });
    for (const [button, input] of [["choose-folder", "folder"], ["choose-zip", "zip"]] as const) {
      const files = byId<HTMLInputElement>(input);
      byId(button).addEventListener("click", () => files.click());
      files.addEventListener("change", () => {
        const sources = chosen(files.files ?? []);
        files.value = "";
        void this.open(Promise.resolve(sources));
      });
    }
    byId("cancel").addEventListener("click", () => this.engine.cancel());
    announced.addEventListener("change", () => {
      const { shown } = this;
      if (shown) void this.guarded(() => this.verify(shown.folder));
    });
  }

  private async open(given: Promise<Source[]>): Promise<void> {
    await this.guarded(async () => {
      run(said("正在读取文件…", "Reading the files…"));
      this.sources = await given;
      const { folders } = await this.engine.ask("open", { sources: this.sources });
      this.shown = undefined;
      fill(result);
      this.list(folders);
      if (folders.length === 0) throw new NotAnswered(NO_DRAW);
      if (folders.length === 1) await this.verify(folders[0]!.path);
    });
  }

  /** Runs one thing after the other; what the engine refuses is told. */
  private guarded(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(() => this.attempt(work));
    return this.last;
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      tell(thrown instanceof NotAnswered ? thrown.said : failed(thrown));
      // Stopped or failed: the engine has to be given the files again.
      if (this.sources.length > 0) await this.engine.ask("open", { sources: this.sources }).catch(() => undefined);
    } finally {
      show(running, false);
    }
  }

  private list(folders: readonly Folder[]): void {
    const isHistory = folders.length > 1 || folders.some(({ log }) => log);
    show(draws, isHistory);
    if (!isHistory) return;
    const all = (): void => void this.guarded(() => this.verifyAll(folders));
    const history = (): void => void this.guarded(() => this.audit());
    fill(
      draws,
      el("h2", {}, said(`找到 ${folders.length} 次抽取`, `${folders.length} ${folders.length === 1 ? "draw" : "draws"} found`)),
      el("ul", { class: "draws" }, ...folders.map((folder) => this.item(folder))),
      el(
        "p",
        { class: "row" },
        folders.length > 1 ? el("button", { type: "button", id: "verify-all", click: all }, said("全部核验", "Verify all")) : undefined,
        el("button", { type: "button", class: "second", id: "audit", click: history }, AUDIT),
      ),
      el("p", { class: "hint" }, AUDIT_HINT),
    );
  }

  /** The whole history of the site, where it says what there is of it. */
  private offer(history: (() => Promise<Source[]>) | undefined): void {
    show(draws, history !== undefined);
    if (!history) return;
    const fetchAll = (): void =>
      void this.guarded(async () => {
        run(FETCHING);
        this.sources = await history();
        const { folders } = await this.engine.ask("open", { sources: this.sources });
        this.list(folders);
        await this.audit();
      });
    fill(draws, el("p", { class: "row" }, el("button", { type: "button", class: "second", id: "history", click: fetchAll }, AUDIT)), el("p", { class: "hint" }, AUDIT_HINT));
  }

  private item({ path, draw }: Folder): HTMLElement {
    const one = (): void => void this.guarded(() => this.verify(path));
    return el(
      "li",
      { "data-folder": path },
      el("span", { class: "which" }, draw ?? path, draw === undefined ? undefined : el("span", { class: "quiet" }, ` ${path}`)),
      el("span", { class: "state status" }),
      el("button", { type: "button", class: "second", click: one }, said("核验", "Verify")),
    );
  }

  private mark(report: DrawReport): void {
    const { folder } = report;
    const { word, tone } = drawVerdict(report);
    const item = Array.from(draws.querySelectorAll<HTMLElement>("li")).find((li) => li.dataset["folder"] === folder);
    const mark = item?.querySelector(".state");
    if (!mark) return;
    mark.className = `state status ${tone}`;
    fill(mark, word);
  }

  private async verifyAll(folders: readonly Folder[]): Promise<void> {
    for (const { path } of folders) this.mark(await this.reportOn(path));
    show(running, false);
  }

  private async audit(): Promise<void> {
    run(said("正在核查全部历史…", "Auditing the whole history…"), this.engine.canStop);
    progress.removeAttribute("value");
    const report = await this.engine.ask("audit", { now: Math.floor(Date.now() / 1000) });
    this.shown = undefined;
    this.present(auditReport(report));
    fill(byId("spoken"), report.clean ? said("没有发现问题。", "Nothing is wrong.") : said("发现问题。", "Something is wrong."));
  }

  /** Shows a result, and goes there. */
  private present(parts: Node[]): void {
    show(result, true);
    fill(result, ...parts);
    show(running, false);
    result.focus({ preventScroll: true });
    result.scrollIntoView();
  }

  private async reportOn(folder: string): Promise<DrawReport> {
    run(said(`正在核验 ${folder}…`, `Verifying ${folder}…`), this.engine.canStop);
    progress.value = 0;
    const typed = hashTyped(announced.value);
    // A value that was not copied whole says nothing of the draw.
    const commitment = isHash(typed) ? typed : undefined;
    this.malformed = typed !== "" && commitment === undefined;
    return this.engine.ask("verify", { folder, commitment }, ({ done, total, what }) => {
      progress.max = total;
      progress.value = done;
      fill(byId("running-words"), said(`正在核验：${what.zh}`, `Verifying: ${what.en}`));
    });
  }

  private async verify(folder: string): Promise<void> {
    const report = await this.reportOn(folder);
    this.shown = { folder };
    this.mark(report);
    const units = unitView(this.engine, folder);
    this.present(drawReport(report, units.element, this.tools(report)));
    if (this.malformed) tell(MALFORMED);
    const [{ word }, count] = [drawVerdict(report), counted(report.checks)];
    fill(byId("spoken"), said(`${word.zh}。${count.zh}`, `${word.en}. ${count.en}`));
    const unit = stated("unit");
    if (unit !== undefined) await units.look(unit);
  }

  private tools(report: DrawReport): HTMLElement {
    const keep = (): void => {
      const made = clock(Date.now());
      const name = `核验报告-${(report.draw ?? report.folder).replaceAll("/", "-")}-${made.slice(0, 10)}.txt`;
      save(name, reportText(report, this.version, made, language()));
    };
    return el(
      "p",
      { class: "row" },
      el("button", { type: "button", class: "second", id: "save", click: keep }, said("保存核验报告", "Save this report")),
      el("button", { type: "button", class: "second", click: () => window.print() }, said("打印", "Print")),
    );
  }
}

const MALFORMED = said(
  "承诺值应为 64 位（数字和 a–f），填写的不是，所以没有对照。请核对是否抄全。",
  "A commitment has 64 characters, 0–9 and a–f; what was typed is none and was not compared. See whether all were copied.",
);
const FETCHING = said("正在取文件…", "Fetching the files…");
const AUDIT = said("核查全部历史", "Audit the whole history");
const AUDIT_HINT = said("核查有没有缺号、逾期、重抽、改过的文件，日志前后是否一致。", "Whether numbers are missing, deadlines passed, draws repeated or files changed, and whether the log is consistent.");

const NO_DRAW = said(
  "这里没有抽取文件。应当有 commit.txt 等文件：请选择名称像 2026-001 的文件夹，或者它上一级的公开文件夹。",
  "There is no draw here. There should be files such as commit.txt: choose a folder named like 2026-001, or the public folder above it.",
);

const failed = (thrown: unknown): Said => {
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return said(`没有读成：${what}`, `It could not be read: ${what}`);
};
