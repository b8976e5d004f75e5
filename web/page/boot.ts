// Unpacks the two views and the page's own programs, which lie before this script as .lzma
// in base85, and starts the first of the programs. page.html says how to do that by hand.

import { fromBase85 } from "./base85.ts";
import { unlzma } from "./lzma.ts";

const packed = document.getElementById("packed")?.textContent ?? "";
const [views = "", page = "", engine = ""] = new TextDecoder().decode(unlzma(fromBase85(packed))).split("\0");

/** The engine, for a worker to run. */
globalThis.yaohaoEngineText = engine;

document.getElementById("main")?.insertAdjacentHTML("beforeend", views);
const script = document.createElement("script");
script.src = URL.createObjectURL(new Blob([page], { type: "text/javascript" }));
document.body.append(script);
