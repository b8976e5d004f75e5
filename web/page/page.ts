// The page: language, which of the two views is shown, and the engine behind them.

import { state, stated } from "./address.ts";
import { byId, show } from "./dom.ts";
import { DrawView } from "./draw-view.ts";
import { Engine } from "./engine.ts";
import { slipView } from "./slip-view.ts";

declare const VERSION: string;

const VIEWS = ["draw", "slip"] as const;

const TITLES = {
  zh: "公开核验：抽查抽取与上门检查",
  en: "Public verification of random inspections",
};

function setLanguage(): void {
  const isEnglish = stated("lang") === "en";
  document.documentElement.lang = isEnglish ? "en" : "zh-CN";
  document.title = isEnglish ? TITLES.en : TITLES.zh;
}

function setView(): void {
  const wanted = stated("view") === "slip" ? "slip" : "draw";
  for (const view of VIEWS) {
    show(byId(`view-${view}`), view === wanted);
    const link = byId(`to-${view}`);
    if (view === wanted) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function start(): void {
  const engine = new Engine();
  const draws = new DrawView(engine, VERSION);
  slipView(engine);
  byId("language").addEventListener("click", () => {
    state({ lang: stated("lang") === "en" ? undefined : "en" });
    setLanguage();
  });
  for (const view of VIEWS) {
    byId(`to-${view}`).addEventListener("click", (event) => {
      event.preventDefault();
      state({ view: view === "draw" ? undefined : view });
      setView();
    });
  }
  let draw = stated("draw");
  window.addEventListener("hashchange", () => {
    setLanguage();
    setView();
    if (stated("draw") !== draw) void draws.openStated();
    draw = stated("draw");
  });
  void draws.openStated();
}

setLanguage();
setView();
start();
show(byId("unstarted"), false);
