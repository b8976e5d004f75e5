// The log policy of the site that the page came from, for checking a slip.

import { NotAnswered } from "./engine.ts";

/** `log/log-policy.txt` beside the folder of this page. */
export async function policyOfSite(): Promise<Blob> {
  const response = await fetch(new URL("../log/log-policy.txt", location.href), { credentials: "omit", cache: "no-store" }).catch(() => undefined);
  if (!response?.ok) {
    throw new NotAnswered({
      zh: "本网站上没有取到日志规则（log/log-policy.txt）。请自己选择这个文件，或者取消“使用本网站的日志规则”。",
      en: "This site does not give its log policy (log/log-policy.txt). Choose the file yourself, or do not use that of this site.",
    });
  }
  return response.blob();
}
