#include "server/evaluate/page_style.h"

namespace homeward {

const std::string_view kPageStyle = R"css(
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1b1b; --soft: #5c5c5c; --rule: #dcdcdc;
  --c1: #0072b2; --c2: #c44e00; --c3: #00795a; --c4: #a84a82; --c5: #7a6000; --c6: #6a3d9a;
  --c7: #b3002d; --c8: #4d6a12; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --ink: #ececec; --soft: #a9adb3; --rule: #3a3e44;
    --c1: #6cb8f0; --c2: #ff9a57; --c3: #46cfa3; --c4: #f09ccb; --c5: #e0bd4a; --c6: #c3a3f5;
    --c7: #ff8095; --c8: #a9cf5c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 76rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0; }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 0 0 .3rem; }
p { margin: 0 0 .7rem; max-width: 44rem; }
figure p, .legend, .nothing { color: var(--soft); font-size: .9rem; }
figure, section { margin: 1.8rem 0 0; padding: 0; min-width: 0; }
@media (min-width: 64rem) {
  .figures { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    column-gap: 3rem; align-items: start; }
}
.plot { display: block; width: 100%; max-width: 34rem; height: auto; }
.plot text { font: 12px system-ui, sans-serif; fill: var(--ink); paint-order: stroke;
  stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.plot .axis { fill: var(--soft); }
.grid { stroke: var(--rule); stroke-width: 1; fill: none; }
.line { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
.guide { fill: none; stroke-width: 1.4; stroke-dasharray: 5 4; }
.bar { fill: none; stroke-width: 2; }
.mark { stroke-width: 1.6; }
.s0 { stroke: var(--ink); } .mark.s0 { fill: var(--ink); } .line.s0 { stroke-width: 2.6; }
.s1 { stroke: var(--c1); } .mark.s1 { fill: var(--c1); }
.s2 { stroke: var(--c2); } .mark.s2 { fill: var(--c2); } .line.s2 { stroke-dasharray: 7 3; }
.s3 { stroke: var(--c3); } .mark.s3 { fill: var(--c3); } .line.s3 { stroke-dasharray: 2 2; }
.s4 { stroke: var(--c4); } .mark.s4 { fill: var(--c4); } .line.s4 { stroke-dasharray: 9 3 2 3; }
.s5 { stroke: var(--c5); } .mark.s5 { fill: var(--c5); } .line.s5 { stroke-dasharray: 4 2; }
.s6 { stroke: var(--c6); } .mark.s6 { fill: var(--c6); } .line.s6 { stroke-dasharray: 12 3; }
.s7 { stroke: var(--c7); } .mark.s7 { fill: var(--c7); } .line.s7 { stroke-dasharray: 1 3; }
.s8 { stroke: var(--c8); } .mark.s8 { fill: var(--c8); } .line.s8 { stroke-dasharray: 6 2 1 2; }
.s9 { stroke: var(--c1); } .mark.s9 { fill: var(--c1); } .line.s9 { stroke-dasharray: 3 4; }
.s10 { stroke: var(--c2); } .mark.s10 { fill: var(--c2); } .line.s10 { stroke-dasharray: 1 2 1 2 6 2; }
.s11 { stroke: var(--c3); } .mark.s11 { fill: var(--c3); } .line.s11 { stroke-dasharray: 14 3 3 3; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .3rem 0 .6rem;
  padding: 0; }
.key { width: 26px; height: 10px; margin-right: .45rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .7rem .25rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--rule); white-space: nowrap; }
thead th { font-weight: 600; color: var(--soft); }
tbody th { font-weight: 500; }
.facts th { white-space: normal; min-width: 8rem; }
.facts td { white-space: normal; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .35rem 0; font-size: .9rem; }
@media print {
  :root { --ground: #fff; --ink: #000; --soft: #444; --rule: #ccc; }
  .table { overflow: visible; }
  th, td { white-space: normal; }
  figure, section { break-inside: avoid; }
  details:not([open])::details-content { content-visibility: visible; display: block; height: auto; }
}
)css";

}  // namespace homeward
