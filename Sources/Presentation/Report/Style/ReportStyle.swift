/// The page's style sheet: the system's fonts, one accent, and the purposes' colours.
///
/// Those colours are ones that people with any colour vision tell apart, in both schemes (after P. Tol, "Colour
/// Schemes", SRON/EPS/TN/09-002); each stands with its letter.
enum ReportStyle {
  /// SHA-256 of ``sheet``, as a source in a content security policy (CSP Level 3 §2.3.1). A test says what it must be.
  static let hash = "sha256-XVf+TbnwqmcMnHpN+j3d2QiAihsvve8Vu3d0QWJYlN8="

  static let sheet: StaticString = """
    :root{color-scheme:light dark;--paper:#fcfcfa;--panel:#f2f3ef;--ink:#1c1f22;--soft:#565b60;--line:#d6d9d2;\
    --accent:#0a5a7e;--model:#332288;--telemetry:#cc6677;--flags:#aa4499;--update:#999933;--auth:#117733;\
    --registry:#44aa99;--config:#88ccee;--web:#ddcc77;--unknown:#882255;--mixed:#666b70;--deep:#fff;--pale:#111}
    @media (prefers-color-scheme:dark){:root{--paper:#14171a;--panel:#1d2125;--ink:#e7e8e4;--soft:#a7acb1;\
    --line:#363c42;--accent:#82cbea;--model:#77aadd;--telemetry:#ee8866;--flags:#ffaabb;--update:#aaaa00;\
    --auth:#44bb99;--registry:#99ddff;--config:#bbcc33;--web:#eedd88;--unknown:#dcc0f0;--mixed:#9ba1a6;--deep:#111}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0 auto;max-width:70rem;padding:1.25rem clamp(1rem,4vw,2.5rem) 3rem;background:var(--paper);\
    color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;\
    font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    code,pre,.host,.request,svg text{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,\
    "DejaVu Sans Mono",monospace;font-size:.88em}
    a{color:var(--accent);text-underline-offset:.15em}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
    .skip{position:absolute;left:-100vw;top:.5rem;padding:.5rem 1rem;background:var(--paper);z-index:1}
    .skip:focus{left:.5rem}
    h1,h2,h3{line-height:1.25;margin:0;font-weight:650}
    h1{font-size:1.35rem}
    h2{font-size:1.2rem;margin-bottom:.5rem}
    h3{font-size:1rem;margin-top:1.25rem;margin-bottom:.35rem}
    p{margin:.4rem 0;max-width:75ch}
    ul,ol{margin:.3rem 0;padding-left:1.3rem}
    section{margin-top:2.5rem;padding-top:1.25rem;border-top:1px solid var(--line)}
    #bill{margin-top:1rem;border-top:3px solid var(--ink)}
    main:focus{outline:none}
    .brand{margin:0;color:var(--soft);font-size:.85rem}
    .lead{font-size:clamp(1.35rem,3.4vw,1.9rem);line-height:1.3;margin:.25rem 0 1rem;max-width:46ch;\
    text-wrap:balance}
    .lead b{font-weight:700}
    #bill h2{font-size:.95rem;color:var(--soft);margin:0}
    .remark,.rest,.sums{color:var(--soft);font-size:.9rem;font-weight:400}
    .warning{border:2px solid var(--ink);border-left-width:8px;padding:.5rem .8rem;margin:.75rem 0}
    .good{font-weight:650}
    .bad{font-weight:650}
    dl{margin:0}
    dd{margin:0}
    .tiles{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));gap:.5rem;margin:1rem 0}
    .tile{grid-column:span 3}.tile:nth-child(n+5){grid-column:span 4}
    @media (max-width:34rem){.tile{grid-column:span 6}}
    @media screen and (min-width:64rem){.tiles{grid-template-columns:repeat(7,minmax(0,1fr))}\
    .tile,.tile:nth-child(n+5){grid-column:auto}}
    .tile{background:var(--panel);padding:.55rem .7rem .6rem;border-top:3px solid var(--line)}
    .tile.notable{border-top-color:var(--accent)}
    .tile dt{color:var(--soft);font-size:.85rem}
    .tile .figure{display:block;font-size:1.35rem;font-weight:650;line-height:1.25;white-space:nowrap}
    .tile .remark{font-size:.8rem;line-height:1.3;display:block}
    .facts{display:grid;gap:.15rem 1rem}
    .facts>div{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.75rem}
    .facts dt{color:var(--soft)}
    .facts ul,.facts ol{margin:0;padding-left:1.1rem}
    .facts p{margin:.1rem 0}
    .commands dt{margin-top:.5rem}
    .commands dt code{display:block;background:var(--panel);padding:.35rem .6rem}
    .commands dd{color:var(--soft);font-size:.9rem}
    nav ul{list-style:none;margin:1.5rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.92rem}
    .plain{list-style:none;padding:0}
    .legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.9rem;margin:.6rem 0}
    .chip{display:inline-block;width:1.25em;height:1.25em;line-height:1.25em;text-align:center;font-weight:700;\
    font-size:.8em;border-radius:3px;background:var(--p);color:var(--t);box-shadow:inset 0 0 0 1px rgb(0 0 0/.25)}
    .chip.wall{--p:var(--ink);--t:var(--paper)}
    .badge{display:inline-block;white-space:nowrap;border:1px solid currentColor;border-radius:3px;padding:0 .4em;\
    font-size:.8rem;line-height:1.45;font-weight:600}
    .badge.allow{border-color:var(--line);font-weight:400;color:var(--soft)}
    .badge.block,.badge.ask{background:var(--ink);color:var(--paper);border-color:var(--ink)}
    .flag{font-size:.8rem;font-weight:600;color:var(--accent);white-space:nowrap}
    .p-model{--p:var(--model);--t:var(--deep)}.p-telemetry{--p:var(--telemetry);--t:var(--pale)}
    .p-flags{--p:var(--flags);--t:var(--deep)}.p-update{--p:var(--update);--t:var(--pale)}
    .p-auth{--p:var(--auth);--t:var(--deep)}.p-registry{--p:var(--registry);--t:var(--pale)}
    .p-config{--p:var(--config);--t:var(--pale)}.p-web{--p:var(--web);--t:var(--pale)}
    .p-unknown{--p:var(--unknown);--t:var(--deep)}.p-mixed{--p:var(--mixed);--t:var(--deep)}
    .picture{display:block;width:100%;height:auto;margin:.75rem 0}
    .picture.narrow{display:none}
    svg text{font-size:13px;fill:var(--ink)}
    svg .figures,svg .tick{font-size:12px;fill:var(--soft);font-family:system-ui,-apple-system,"Segoe UI",Roboto,\
    "Noto Sans",sans-serif}
    svg .end{text-anchor:end}svg .middle{text-anchor:middle}
    svg .letter{text-anchor:middle;font-weight:700;fill:var(--t);font-size:12px}
    rect.chip{fill:var(--p)}
    .origin{fill:var(--ink)}rect.end{fill:var(--p)}
    .wall{stroke:var(--ink);stroke-width:10;stroke-dasharray:9 2}
    .band{fill:var(--p);fill-opacity:.5}
    .band:hover{fill-opacity:.85}
    .band.stopped{fill-opacity:.28;stroke:var(--p);stroke-width:1;stroke-dasharray:5 4}
    .lane,.track{fill:var(--panel)}
    .grid{stroke:var(--line);stroke-width:1}
    .dot{fill:var(--p);stroke:color-mix(in srgb,var(--p) 50%,var(--ink));stroke-width:1}
    .cross{stroke:color-mix(in srgb,var(--p) 75%,var(--ink));stroke-width:3;fill:none;stroke-linecap:round}
    .strip{display:block;width:100%;height:16px}
    .strip.sample{display:inline-block;width:1.1em;height:1.2em;vertical-align:-.25em}
    .strip .whole,.strip .part,.strip .again{fill:var(--p)}
    .ends{display:flex;justify-content:space-between;max-width:none;margin:0;font-size:.75rem;color:var(--soft)}
    details>summary{cursor:pointer;list-style:none}
    .group{border-top:1px solid var(--line)}
    .group>summary{padding:.5rem 0 .5rem 1.2rem;display:flex;flex-wrap:wrap;gap:.1rem 1rem;align-items:baseline}
    .group>summary h3{margin:0;font-size:.98rem}
    summary::-webkit-details-marker{display:none}
    summary{position:relative;padding-left:1.2rem}
    summary::before{content:"▸" / "";position:absolute;left:.1rem;color:var(--soft)}
    details[open]>summary::before{content:"▾" / ""}
    .exchange{margin-left:1.2rem;border-top:1px solid var(--line);font-size:.92rem}
    .exchange>summary{display:flex;gap:.2rem .7rem;align-items:baseline;padding:.28rem 0 .28rem 1.2rem}
    .exchange>summary:hover,.group>summary:hover{background:var(--panel)}
    .exchange .sequence{min-width:2.6rem;color:var(--soft)}
    .exchange time{color:var(--soft)}
    .exchange .request{flex:1 1 12rem;min-width:0;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
    .exchange .size,.exchange .sources{white-space:nowrap}
    .exchange .sources{color:var(--soft)}
    .exchange>dl{padding:.3rem 0 .9rem 1.5rem}
    .exchange:target{background:var(--panel)}
    .file,.stop{border-top:1px solid var(--line);padding:.7rem 0}
    .file h3,.stop h3{margin-top:0}
    .file p{margin:.1rem 0 .4rem;max-width:none;font-size:.9rem}
    .whole{white-space:nowrap}.paper{display:none}
    .again{color:var(--soft)}
    @media screen and (min-width:60rem){.file{display:grid;grid-template-columns:20rem minmax(0,1fr);gap:0 1.5rem}
    .file .receiver,.file .rest{grid-column:2}}
    .remedy{background:var(--panel);padding:.5rem .7rem;font-size:.92rem;border-left:3px solid var(--accent)}
    .remedy code{background:var(--paper);padding:0 .2em}
    .remedy .rule{display:block;padding:.25rem .4rem;margin:.25rem 0}
    .pairs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:0 2.5rem}
    .pairs>div{min-width:0}
    .scroll{overflow-x:auto;margin:.4rem 0}
    table{border-collapse:collapse;font-size:.9rem;width:100%;max-width:48rem}
    caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    th,td{text-align:left;vertical-align:top;padding:.22rem .9rem .22rem 0;border-bottom:1px solid var(--line);\
    font-weight:400;overflow-wrap:normal}
    th .path{overflow-wrap:anywhere}tbody th{min-width:11rem}
    thead th{color:var(--soft);white-space:nowrap}
    th.number,td.number{text-align:right;white-space:nowrap}
    th:last-child,td:last-child{padding-right:0}
    pre{background:var(--panel);padding:.7rem;overflow-x:auto;white-space:pre-wrap;margin:.4rem 0}
    footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--soft);font-size:.88rem}
    @media screen and (max-width:50rem){.picture.wide{display:none}
    .picture.narrow{display:block;max-width:34rem}
    .facts>div{grid-template-columns:minmax(0,1fr);gap:0}.facts{gap:.45rem}
    .tile{padding:.5rem .55rem}.tile .figure{font-size:1.15rem}
    .exchange{margin-left:0}.exchange>summary{flex-wrap:wrap}
    .exchange .request{flex-basis:100%;order:5;white-space:normal;max-height:3em}
    .exchange>dl{padding-left:1.2rem}
    tbody th{min-width:7.5rem}th,td{padding-right:.6rem}}
    @media print{@page{margin:14mm 12mm}
    :root{color-scheme:light;--paper:#fff;--panel:#f4f4f2;--ink:#000;--soft:#444;--line:#bbb;--accent:#0a5a7e;\
    --model:#332288;--telemetry:#cc6677;--flags:#aa4499;--update:#999933;--auth:#117733;--registry:#44aa99;\
    --config:#88ccee;--web:#ddcc77;--unknown:#882255;--mixed:#666b70;--deep:#fff}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    html{font-size:75%}body{max-width:none;padding:0;font-size:8.5pt}
    .exchange .remedy{display:none}.paper{display:inline}
    section>h2,h2+.remark,.legend{break-after:avoid}
    nav,.skip{display:none}
    details::details-content{content-visibility:visible;display:block;height:auto}
    summary::before{display:none}
    section{margin-top:1.4rem}
    h2,h3,summary,thead{break-after:avoid}
    .picture,.tiles,.tile,.file,tr,.remedy{break-inside:avoid}
    .scroll,pre{overflow:visible}
    .exchange .request{white-space:normal;overflow:visible}
    a{color:inherit;text-decoration:none}}
    """
}
