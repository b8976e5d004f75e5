// Civil dates and moments, by arithmetic alone: docs/spec/README.md, "Texts", 5.
//
// A day is the number of days since 1970-01-01, a moment the number of seconds since
// 1970-01-01T00:00:00Z; both go far below 2^53.

import { refuse } from "./text.ts";

export type Day = number;
export type Moment = number;

const DAY = 86_400;
/** Civil dates of a draw are those of UTC+8. */
const EAST = 8 * 3_600;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days before 1 January of `year`, counted from 1 January of year 1. */
function before(year: number): number {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

const EPOCH = before(1970);

/** 1 January of `year`. */
export const newYear = (year: number): Day => before(year) - EPOCH;

/** The day of `2026-12-01`; undefined if the text is no date of that form. */
export function dayOf(text: string): Day | undefined {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  let count = newYear(year) + day - 1;
  for (let m = 1; m < month; m++) count += daysIn(year, m);
  return count;
}

/** The year of a day. */
export function yearOf(day: Day): number {
  let year = 1970 + Math.floor(day / 366);
  if (day < 0) year = 1970 + Math.floor(day / 365) - 1;
  while (newYear(year + 1) <= day) year++;
  while (newYear(year) > day) year--;
  return year;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** A day as `2026-12-01`. */
export function dayText(day: Day): string {
  const year = yearOf(day);
  let [rest, month] = [day - newYear(year), 1];
  while (rest >= daysIn(year, month)) rest -= daysIn(year, month++);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(rest + 1)}`;
}

/** The moment of `2026-11-23T06:04:17Z`; undefined if the text is none of that form. */
export function momentOf(text: string): Moment | undefined {
  const match = /^(.{10})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$/.exec(text);
  const day = match && dayOf(match[1]!);
  if (!match || day === undefined || day === null) return undefined;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return day * DAY + hour * 3_600 + minute * 60 + second;
}

/** A moment as `2026-11-23T06:04:17Z`. */
export function momentText(moment: Moment): string {
  const day = Math.floor(moment / DAY);
  const rest = moment - day * DAY;
  return `${dayText(day)}T${two(Math.floor(rest / 3_600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}Z`;
}

/** A moment as people in China tell it, for words in Chinese: `北京时间 2026-11-23 14:04:17`. */
export const clockText = (moment: Moment): string => `北京时间 ${momentText(moment + EAST).replace("T", " ").replace("Z", "")}`;

/** The civil date (UTC+8) of a moment. */
export const civilDay = (moment: Moment): Day => Math.floor((moment + EAST) / DAY);

/** The moment at which the clock (UTC+8) shows `hour:minute` on `day`. */
export const civilMoment = (day: Day, hour: number, minute: number): Moment =>
  day * DAY - EAST + hour * 3_600 + minute * 60;

/** The day of the week, 0 for Sunday. */
export const weekday = (day: Day): number => (((day + 4) % 7) + 7) % 7;

/** A date in a text, or refused. */
export const dayField = (text: string): Day => dayOf(text) ?? refuse(`不是日期：${text}`, `not a date: ${text}`);

/** A moment in a text, or refused. */
export const momentField = (text: string): Moment =>
  momentOf(text) ?? refuse(`不是时刻：${text}`, `not a moment: ${text}`);
