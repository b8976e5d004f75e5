//! How the page looks. The colours are those of Okabe and Ito, which people who see few
//! colours tell apart; whatever a colour says is also said by a shape or a number.

/// Without quotes and angle brackets, which would be escaped.
pub const STYLE: &str = "
* { box-sizing: border-box; }
body { max-width: 72rem; margin: 0 auto; padding: 1rem; font: 1rem/1.65 system-ui, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, sans-serif; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: .5rem 0 1rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid #0a5a8a; } h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
p { max-width: 48rem; margin: .5rem 0; } a { color: #00527f; }
.partial { background: #fff3cd; border: 2px solid #b35900; padding: .5rem 1rem; font-weight: 700; max-width: none; }
.summary { background: #eef5fa; border-left: .3rem solid #0a5a8a; padding: .5rem 1rem; } .summary h2 { border: 0; margin: 0; padding: 0; } .summary ul { margin: .25rem 0; padding-left: 1.2rem; } .summary li { margin: .25rem 0; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem 1rem; margin: 1rem 0; } dt { color: #555; font-size: .85rem; } dd { margin: 0; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; border-block: 1px solid #ccc; padding: .5rem 0; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem 1.5rem; margin: .75rem 0; align-items: start; }
figure { margin: 0; break-inside: avoid; } figcaption { font-weight: 600; font-size: .9rem; }
svg { display: block; width: 100%; max-width: 27rem; height: auto; } svg text { font-size: 11px; fill: #1a1a1a; } svg text.soft { fill: #505050; } svg text.strong { font-weight: 600; paint-order: stroke; stroke: #fff; stroke-width: 3px; } svg text.over { fill: #fff; } svg text.tiny { font-size: 9px; } svg text.tiny.over { fill: #fff; }
.axis { stroke: #777; stroke-width: 1; } .grid { stroke: #ddd; stroke-width: 1; }
.band { fill: #a6cfe8; } .middle { fill: none; stroke: #00466e; stroke-width: 2; stroke-linejoin: round; }
.range { fill: #a6cfe8; } .median { stroke: #00466e; stroke-width: 3; } .mean { fill: #000; } .error { stroke: #000; stroke-width: 1.5; } .most { fill: #fff; stroke: #b34700; stroke-width: 1.5; }
.curve { fill: none; stroke: #00466e; stroke-width: 2; } .mark { fill: #00466e; } .floor { fill: none; stroke: #b34700; stroke-width: 1.5; stroke-dasharray: 5 3; }
.came { fill: #c4d3dc; } .done { fill: #0072b2; } .late { fill: #d55e00; } .bar { fill: #0072b2; }
.zero { stroke: #444; stroke-width: 1; } .interval { stroke: #1a1a1a; stroke-width: 2; } .less { fill: #0072b2; stroke: #0072b2; } .more { fill: #d55e00; stroke: #d55e00; } .unclear { fill: #fff; stroke: #444; stroke-width: 1.5; }
.h0 { fill: #f3f3f3; } .h1 { fill: #deebf3; } .h2 { fill: #b5d3e7; } .h3 { fill: #74b0d6; } .h4 { fill: #2474ac; } .h5 { fill: #0a4f80; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0; font-size: .85rem; } .legend i { display: inline-block; width: 1.4rem; height: .8rem; margin-right: .4rem; vertical-align: middle; }
i.band, i.range { background: #a6cfe8; } i.middle, i.median, i.curve { height: 3px; background: #00466e; } i.mean { width: .6rem; height: .6rem; border-radius: 50%; background: #000; } i.most { width: .7rem; height: .7rem; border-radius: 50%; border: 2px solid #b34700; } i.mark { width: .6rem; height: .6rem; border-radius: 50%; background: #00466e; } i.floor { height: 0; border-top: 2px dashed #b34700; } i.came { background: #c4d3dc; } i.done { background: #0072b2; } i.late { background: #d55e00; } i.less { width: .7rem; height: .7rem; background: #0072b2; } i.more { width: .6rem; height: .6rem; background: #d55e00; transform: rotate(45deg); } i.unclear { width: .7rem; height: .7rem; border-radius: 50%; border: 2px solid #444; }
i.h0 { background: #f3f3f3; outline: 1px solid #ccc; } i.h1 { background: #deebf3; } i.h2 { background: #b5d3e7; } i.h3 { background: #74b0d6; } i.h4 { background: #2474ac; } i.h5 { background: #0a4f80; }
.frame { overflow-x: auto; max-width: 100%; } .frame:focus { outline: 2px solid #0a5a8a; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .88rem; } caption { text-align: left; color: #505050; padding: .25rem 0; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #ddd; vertical-align: top; white-space: nowrap; } th { font-weight: 600; } thead th { border-bottom: 2px solid #777; vertical-align: bottom; } tbody th, th.name { text-align: left; } tbody th { white-space: normal; min-width: min(9rem, 30vw); max-width: 16rem; } thead th { white-space: normal; min-width: 3.8rem; max-width: 16rem; } .words td { text-align: left; white-space: normal; overflow-wrap: break-word; } .words td:nth-child(4) { min-width: 14rem; } .words th { white-space: normal; text-align: left; min-width: 7rem; }
details { margin: .5rem 0; } summary { cursor: pointer; color: #00527f; } .assumed { white-space: nowrap; background: #ffe3b8; padding: 0 .35rem; border-radius: .2rem; font-weight: 600; }
@media (max-width: 30rem) { body { padding: .75rem; } h1 { font-size: 1.25rem; } }
@media print { body { max-width: none; font-size: 10pt; } nav { display: none; } details:not([open]) { display: none; } h2, h3, .legend, section p { break-after: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .panels { grid-template-columns: repeat(2, 1fr); } .frame { overflow: visible; } }
";
