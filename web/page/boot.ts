// Unpacks the two views, their style and the page's own programs, which lie before this
// script as .lzma in base85, and starts the first of the programs. page.html says how to do that by hand.

import { fromBase85 } from "./base85.ts";
import { unlzma } from "./lzma.ts";

const packed = document.getElementById("packed")?.textContent ?? "";
const [views = "", style = "", page = "", engine = ""] = new TextDecoder().decode(unlzma(fromBase85(packed))).split("\0");

/** The engine, for a worker to run. */
globalThis.yaohaoEngineText = engine;

// One rule, so that a browser passes over what it does not know; the security policy allows that.
const sheet = document.styleSheets[0];
sheet?.insertRule(`@media all{${style}}`, sheet.cssRules.length);
document.getElementById("main")?.insertAdjacentHTML("beforeend", views);
const script = document.createElement("script");
script.src = URL.createObjectURL(new Blob([page], { type: "text/javascript" }));
document.body.append(script);
