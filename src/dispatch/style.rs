//! How the HTML order looks. Measures of GB/T 9704-2012: A4, margins 37, 26, 35, 28 mm
//! (版心 156 by 225 mm, 5.2.1); body in 3 号 Fang Song, title in 2 号 Xiao Biao Song; the
//! page number in 4 号 Song between dashes, 7 mm below the text, outside (7.5).

/// The style sheet; with single quotes only, because it stands in an element and double ones are escaped.
pub(super) const STYLE: &str = "@page { size: 210mm 297mm; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: '— ' counter(page) ' —'; font: 14pt '宋体', SimSun, STSong, 'Noto Serif CJK SC', serif; padding: 7mm 14pt 0 0; vertical-align: top; } }
@page :left { @bottom-left { content: '— ' counter(page) ' —'; font: 14pt '宋体', SimSun, STSong, 'Noto Serif CJK SC', serif; padding: 7mm 0 0 14pt; vertical-align: top; } }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { background: #ddd; color: #000; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
main { width: 210mm; margin: 6mm auto; padding: 37mm 26mm 35mm 28mm; background: #fff;
  font: 16pt/28pt '仿宋_GB2312', FangSong_GB2312, '仿宋', FangSong, STFangsong, 'Noto Serif CJK SC', 'Source Han Serif SC', serif; }
@media print { body { background: #fff; } main { width: auto; margin: 0; padding: 0; } }
.red, h1 { font-family: '方正小标宋简体', FZXiaoBiaoSong-B05S, FZXiaoBiaoSong, '小标宋', 'Noto Serif CJK SC', 'Source Han Serif SC', serif; font-weight: 700; text-align: center; }
b, th, .secret { font-family: '黑体', SimHei, STHeiti, 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif; font-weight: 400; }
.red { margin-top: 10mm; color: #e60012; line-height: 1.3; white-space: nowrap; text-align-last: justify; }
.number { text-align: center; }
.red + .number { margin-top: 28pt; padding-bottom: 4mm; border-bottom: 0.7mm solid #e60012; }
h1 { margin: 28pt 0; font-size: 22pt; line-height: 32pt; }
.body { text-indent: 2em; text-align: justify; }
table { width: 155.7mm; margin: 2mm 0.15mm 4mm; border-collapse: collapse; table-layout: fixed; font-size: 10.5pt; line-height: 15pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 1mm 1.2mm; border: 0.25mm solid #000; vertical-align: middle; overflow-wrap: anywhere; }
td p { text-align: left; }
th { white-space: nowrap; }
.c p { text-align: center; word-break: keep-all; }
section { break-inside: avoid; }
.sign { display: flex; justify-content: flex-end; margin: 56pt 4em 0 0; text-align: center; }
";
