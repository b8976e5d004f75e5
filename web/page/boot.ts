// Unpacks the page's own programs, which lie behind this script as .lzma in base64, and
// starts the first of them. By hand: base64 -d | xz --format=lzma -d

import { fromBase64 } from "./base64.ts";
import { unlzma } from "./lzma.ts";

const packed = document.getElementById("packed")?.textContent ?? "";
const [page = "", engine = ""] = new TextDecoder().decode(unlzma(fromBase64(packed))).split("\0");

/** The engine, for a worker to run. */
globalThis.yaohaoEngineText = engine;

const script = document.createElement("script");
script.src = URL.createObjectURL(new Blob([page], { type: "text/javascript" }));
document.body.append(script);
