// What every page must have: names for what can be operated, readable contrast, no
// sideways scrolling, glyphs for the Chinese text.

import assert from "node:assert/strict";

/** Runs in the browser: everything that is wrong, in words. */
function look() {
  const wrong = [];
  const visible = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const name = (element) => {
    const labels = [...(element.labels ?? [])].filter(visible).map((label) => label.innerText).join(" ");
    return (element.getAttribute("aria-label") ?? "") + labels + (element.innerText ?? "");
  };
  if (!/^(zh-CN|en)$/.test(document.documentElement.lang)) wrong.push(`lang ${document.documentElement.lang}`);
  if (document.title.trim() === "") wrong.push("no title");
  for (const element of document.querySelectorAll("a, button, input, textarea, select, summary, progress")) {
    if (visible(element) && name(element).trim() === "") wrong.push(`no name: ${element.outerHTML.slice(0, 90)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) wrong.push(`two of id ${id}`);
  let last = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    if (!visible(heading)) continue;
    const level = Number(heading.tagName[1]);
    if (level > last + 1) wrong.push(`heading level jumps to ${level}: ${heading.innerText}`);
    last = level;
  }

  const rgb = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => {
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.a === 1) return color;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? rgb("rgb(18,18,18)") : rgb("rgb(255,255,255)");
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === "" || seen.has(element) || !visible(element)) continue;
    seen.add(element);
    const style = getComputedStyle(element);
    // Pictures scale their type, and paint it with another property.
    const isDrawn = element.closest("svg") !== null;
    const [a, b] = [light(rgb(isDrawn ? style.fill : style.color)), light(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < least) wrong.push(`contrast ${ratio.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
    if (size < 13 && !isDrawn) wrong.push(`small type ${size}: ${node.data.trim().slice(0, 40)}`);
  }
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) wrong.push(`${over} pixels too wide`);
  return wrong;
}

export async function basics(page) {
  assert.deepEqual(await page.evaluate(look), []);
}

/** Chinese is drawn with glyphs of its own, not with boxes. */
export async function glyphs(page) {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [48, 48];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = `32px ${getComputedStyle(document.body).fontFamily}`;
    return [..."消防抽查核验\u{10FFFD}"].map((character) => {
      pen.clearRect(0, 0, 48, 48);
      pen.fillText(character, 4, 38);
      return pen.getImageData(0, 0, 48, 48).data.filter((_, i) => i % 4 === 3).join("");
    });
  });
  assert.equal(new Set(drawn).size, drawn.length, "two characters look the same: boxes");
}
