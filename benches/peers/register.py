"""A register of N units as Parquet, with the headings of the shipped example, sorted by id, and the
same on every machine.

    register.py N FILE.parquet

Credit codes are 91, region 000000 (none), nine digits and the right check character (GB 32100-2015).
"""

import sys

import duckdb

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]
TOWNS = "龙溪街道 回兴街道 双龙湖街道 两路街道 双凤桥街道 龙山街道 龙塔街道 仙桃街道 宝圣湖街道 悦来街道 王家街道 龙兴镇 木耳镇 玉峰山镇 石船镇 统景镇 洛碛镇 兴隆镇 大盛镇 古路镇 茨竹镇 大湾镇".split()
CLASSES = [("火灾高危单位", 1), ("重点单位（人员密集场所）", 15), ("重点单位（其他）", 10), ("一般单位", 44), ("九小场所", 30)]
CREDITS = [("A", 26), ("B", 44), ("C", 16), ("D", 6), ("", 8)]


def digit(place):
    """The digit of `serial` at 0 to 8, from the left."""
    return f"(serial // {10 ** (8 - place)}) % 10"


def check():
    """The check character of 91000000 and nine digits."""
    fixed = 9 * WEIGHTS[0] + 1 * WEIGHTS[1]
    rest = " + ".join(f"{WEIGHTS[8 + place]} * ({digit(place)})" for place in range(9))
    return f"substr('{ALPHABET}', 1 + ((31 - ({fixed} + {rest}) % 31) % 31)::INT, 1)"


def weighted(values, chance):
    """The value whose share of a hundred holds `chance`."""
    below, cases = 0, []
    for value, share in values:
        below += share
        cases.append(f"WHEN {chance} < {below} THEN '{value}'")
    return f"CASE {' '.join(cases)} END"


def query(units):
    # One number a unit, spread over 32 bits (Knuth's multiplier); each column has bits of its own.
    chance = lambda shift: f"((mixed >> {shift}) % 100)"
    town = f"list_value({', '.join(repr(town) for town in TOWNS)})[1 + ((mixed >> 3) % {len(TOWNS)})::INT]"
    step = 10**9 // units
    return f"""
    WITH numbered AS (SELECT range AS n, (range * 2654435761) % 4294967296 AS mixed FROM range({units})),
         counted AS (SELECT n, mixed, n * {step} + (mixed >> 5) % {step} AS serial FROM numbered)
    SELECT printf('91000000%09d', serial) || {check()} AS "统一社会信用代码",
           '示例单位' || n || '号' AS "单位名称",
           {town} AS "镇街",
           '示例区示例路' || (mixed % 400 + 1) || '号' AS "地址",
           {weighted(CLASSES, chance(7))} AS "单位类别",
           {weighted(CREDITS, chance(13))} AS "信用风险等级",
           '' AS "行业标签",
           CASE WHEN {chance(11)} < 8 THEN '示例集团' || (mixed % 20 + 1) ELSE '' END AS "所属集团",
           CASE WHEN {chance(17)} < 2 THEN '停业' ELSE '在营' END AS "经营状态",
           CASE WHEN {chance(19)} < 66 THEN strftime(DATE '2025-04-01' + (mixed % 570)::INT, '%Y-%m-%d') ELSE '' END AS "上次检查日期",
           '' AS "本年已查次数",
           '' AS "预计时长(分钟)"
    FROM counted"""


def main():
    units, file = int(sys.argv[1]), sys.argv[2]
    database = duckdb.connect()
    database.execute("SET threads = 2; SET memory_limit = '4GB'")
    database.execute(f"COPY ({query(units)}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")


if __name__ == "__main__":
    main()
