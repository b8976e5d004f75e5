//! How the HTML page looks. Measures of GB/T 9704-2012: margins 37, 26, 35, 28 mm; in
//! the letter form (信函格式, 10.1) the red name stands 30 mm below the edge with a
//! double rule of 170 mm below it, and another one 20 mm above the lower edge.

/// The style sheet.
pub(super) const STYLE: &str = r#"@page { size: 210mm 297mm; margin: 0; }
*, ::after { box-sizing: border-box; margin: 0; padding: 0; }
body { background: #ddd; color: #000; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.sheet { position: relative; width: 210mm; height: 297mm; margin: 6mm auto; padding: 30mm 26mm 24mm 28mm; background: #fff; overflow: hidden;
  font: 16pt/25pt "仿宋_GB2312", FangSong_GB2312, "仿宋", FangSong, STFangsong, "Noto Serif CJK SC", "Source Han Serif SC", serif; }
@media print { body { background: #fff; } .sheet { margin: 0; } }
.office, h1 { font-family: "方正小标宋简体", FZXiaoBiaoSong-B05S, FZXiaoBiaoSong, "小标宋", "Noto Serif CJK SC", "Source Han Serif SC", serif; font-weight: 700; text-align: center; }
.office { color: #e60012; line-height: 12mm; height: 12mm; white-space: nowrap; text-align-last: justify; }
.office::after, .sheet::after { content: ""; position: absolute; left: 20mm; width: 170mm; height: 1.5mm; }
.office::after { top: 46mm; border-top: 0.9mm solid #e60012; border-bottom: 0.3mm solid #e60012; }
.sheet::after { bottom: 20mm; border-top: 0.3mm solid #e60012; border-bottom: 0.9mm solid #e60012; }
.number { margin-top: 8mm; text-align: right; font-size: 14pt; line-height: 20pt; }
h1 { font-size: 22pt; line-height: 30pt; margin: 3mm 0 4mm; }
.body { text-indent: 2em; text-align: justify; }
.body b { font-family: "黑体", SimHei, STHeiti, "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; font-weight: 400; }
ol { margin: 0 0 1.5mm 32pt; padding-left: 14pt; font-size: 12pt; line-height: 17pt; text-align: left; }
.codes { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-end; }
.of-1, .of-2, .of-3 { justify-content: space-evenly; }
.of-5 { justify-content: flex-start; }
figure { text-align: center; line-height: 0; }
svg { display: block; }
figcaption { font-size: 9pt; line-height: 10pt; }
.sign { display: flex; justify-content: flex-end; text-align: center; margin: 3mm 2em 0 0; }
.codes .sign { flex: 1; justify-content: center; margin: 0 0 6mm; }
footer { position: absolute; left: 28mm; right: 26mm; bottom: 22.5mm; font-size: 7.5pt; line-height: 9pt; word-break: break-all; }
.crowded { font-size: 14pt; line-height: 19pt; }
.crowded ol { font-size: 10.5pt; line-height: 14pt; }
"#;
