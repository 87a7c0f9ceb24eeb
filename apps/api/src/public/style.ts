import { createHash } from 'node:crypto';

// The colours are those of apps/web/src/ui/tokens.css (a test compares them). No font is fetched: on 2G it would cost more than the page.
const COLOURS = {
  light: { paper: '#FAFAF6', surface: '#FFF', rule: '#D8DBD1', ink: '#15211D', 'ink-2': '#46534D', brand: '#0A4F45', tint: '#E2EEE9', spine: '#0A4F45', 'on-spine': '#FFF', warm: '#F2AB27', 'warm-tint': '#FDF0D3', 'warm-ink': '#744600', edge: '#79827B' },
  dark: { paper: '#101715', surface: '#19221F', rule: '#2C3834', ink: '#E8EEEA', 'ink-2': '#B6C2BC', brand: '#7FD0BA', tint: '#16332C', spine: '#0A2722', warm: '#F0B44A', 'warm-tint': '#2B2413', 'warm-ink': '#F3C871', edge: '#74827C' },
};
const variables = (colours: Record<string, string>) => Object.entries(colours).map(([name, value]) => `--${name}:${value}`).join(';');

const RULES = `
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 -apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;overflow-wrap:break-word}
.in{max-width:62rem;margin-inline:auto;padding-inline:clamp(1rem,3.4vw,2.75rem)}
h1,h2,h3,.brand{font-family:"Noto Serif",Charter,Georgia,serif;line-height:1.2;text-wrap:balance}
h1{font-size:clamp(1.56rem,1.36rem + .9vw,2.12rem);margin:1.5rem 0 .75rem}
h2{font-size:clamp(1.2rem,1.1rem + .4vw,1.45rem);margin:2rem 0 .75rem}
h3{font-size:1.1rem;margin:0}
p,ul,dl,table{margin:0 0 1rem}
p,li{max-width:68ch}
a{color:var(--brand)}
:focus-visible{outline:3px solid var(--warm);outline-offset:2px}
.skip{position:absolute;inset-inline-start:-99rem}
.skip:focus{inset-inline-start:0;background:var(--surface);padding:.75rem}
header{background:var(--spine)}
header .in{display:flex;flex-wrap:wrap;gap:0 1.25rem;align-items:center}
header a{color:var(--on-spine);display:inline-flex;align-items:center;min-height:2.75rem;text-decoration:none}
header a:hover{text-decoration:underline}
header a[aria-current]{border-block-end:3px solid var(--warm);padding-block-start:3px}
.brand{font-size:1.25rem;font-weight:700}
nav{display:flex;flex-wrap:wrap;gap:0 1.1rem}
@media(max-width:45rem){header nav{order:3;flex-basis:100%}header .end{gap:.8rem;font-size:.9375rem}header .in{column-gap:.8rem}}
.end{display:flex;gap:1.1rem;margin-inline-start:auto}
footer{border-block-start:1px solid var(--rule);margin-block-start:3rem;padding-block:1.25rem;color:var(--ink-2);font-size:.9375rem}
footer p{margin-block-end:.4rem}
footer a{display:inline-block;padding-block:.6rem}
.meta{color:var(--ink-2);font-size:.9375rem;margin-block-end:.5rem}
.label{background:var(--warm-tint);color:var(--warm-ink);border-inline-start:4px solid var(--warm);padding:.6rem .9rem}
.badges{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;padding:0}
.badges li{background:var(--tint);border-radius:99px;padding:.1rem .75rem;font-size:.9375rem}
.cards{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:0 2.5rem}
.cards>li{border-block-start:1px solid var(--rule);padding-block:1rem}
.cards p{margin-block:.35rem 0}
.names{columns:16rem;padding:0;list-style:none}
.names li{break-inside:avoid;padding-block:.35rem}
form{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;margin-block-end:1rem}
label{display:grid;gap:.2rem;font-size:.9375rem;flex:1 1 12rem;min-width:0}
select,textarea,button{font:inherit;min-height:2.75rem;padding:.4rem .75rem;border:1px solid var(--edge);border-radius:6px;background:var(--surface);color:var(--ink);width:100%}
button{width:auto;background:var(--spine);color:var(--on-spine);border-color:var(--spine);cursor:pointer}
form[method=post]{display:grid;justify-items:start;max-width:42rem}
[method=post] label{width:100%}
summary{cursor:pointer;color:var(--brand);padding-block:.6rem}
.pager{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center}
.pager a{min-height:2.75rem;display:inline-flex;align-items:center}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.35rem 1.25rem}
dt{color:var(--ink-2)}
dd{margin:0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:start;vertical-align:top;padding:.45rem .6rem .45rem 0;border-block-end:1px solid var(--rule)}
th{color:var(--ink-2);font-weight:600}
tbody th{color:inherit;font-weight:400}
.n{text-align:end;font-variant-numeric:tabular-nums}
figure{margin:0 0 1rem}
figcaption{color:var(--ink-2);font-size:.875rem}
.photos{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:1rem}
.photos img{width:100%;height:auto;border-radius:6px;display:block}
.map{overflow-x:auto;border:1px solid var(--rule);border-radius:6px;background:var(--surface)}
.map svg{display:block;width:100%;min-width:44rem;height:auto}
.map.city{max-width:26rem}
.map.city svg{min-width:0}
.pt{fill:var(--brand);stroke:var(--surface)}
.to{fill:var(--surface);stroke:var(--brand);stroke-width:2}
.arc{fill:none;stroke:var(--warm);stroke-width:2.5}
.try{stroke-dasharray:5 5}
.map text{fill:var(--ink);paint-order:stroke;stroke:var(--surface);stroke-width:3px;font-family:inherit}
.map.city text{stroke-width:2px}
@media(min-width:60rem){.entry{display:grid;grid-template-columns:minmax(0,1fr) 20rem;column-gap:3rem;align-items:start}.entry aside{grid-row:1/span 2;grid-column:2;padding-block-start:1.5rem}.entry dl{grid-template-columns:1fr;gap:0}.entry dd{margin-block-end:.75rem}}
@media print{details{display:none}
body{background:#FFF;color:#000;font-size:10.5pt}
header,.skip,form,.pager,.badges li,.label{background:none}
header a,a{color:#000}
nav,.end,form,.pager,footer a,.skip{display:none}
.entry{display:block}
h2,h3{break-after:avoid}
.cards>li,figure,tr{break-inside:avoid}
.source::after{content:" (" attr(href) ")"}
.map svg{min-width:0}
}`;

/** The only stylesheet; the policy of these pages allows nothing inline. */
export const STYLE = `:root{color-scheme:light dark;${variables(COLOURS.light)}}@media screen and (prefers-color-scheme:dark){:root{${variables(COLOURS.dark)}}}${RULES.replaceAll('\n', '')}`;

/** Changes with the content, so that the file itself may be kept for a year. */
export const STYLE_ADDRESS = `/public/style.css?v=${createHash('sha256').update(STYLE).digest('hex').slice(0, 8)}`;
