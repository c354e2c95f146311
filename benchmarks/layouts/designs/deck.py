"""PowerPoint slides exported to PDF: a dark panel with title and pull-out figures, two columns, donuts, tables cut over slides."""

import math
import re
from copy import deepcopy
from xml.sax.saxutils import escape

from lxml import etree, html
from parts import Drawn, read_chart, text_of

COLOURS = ["#5b2a86", "#00a3ad", "#f28e2b", "#9bc53d", "#c2185b", "#7f8c8d", "#34568b"]
PACK = """<script>document.fonts.ready.then(()=>{const deck=document.getElementById('deck');
for(const section of [...document.querySelectorAll('.section')]){let slide,cols,at;
const start=wide=>{slide=section.querySelector('.panel').parentNode.cloneNode(false);slide.className='slide'+(wide?' one':'');
 const panel=section.querySelector('.panel').cloneNode(true);if(section.dataset.begun){for(const n of panel.querySelectorAll('.pull'))n.remove();
 const c=document.createElement('span');c.className='cont';c.textContent='(continued)';panel.querySelector('h2').after(c);}section.dataset.begun=1;
 slide.append(panel);cols=[];for(let i=0;i<(wide?1:2);i++){const c=document.createElement('div');c.className='col';slide.append(c);cols.push(c);}at=0;
 const f=document.createElement('div');f.className='foot';f.innerHTML='<span></span><b></b>';f.firstChild.textContent=document.body.dataset.title;slide.append(f);deck.append(slide);};
const over=c=>c.scrollHeight>c.clientHeight+1;
const keep=()=>{const last=cols[at].lastElementChild;return last&&/^(H4)$/.test(last.tagName)&&last!==cols[at].firstElementChild?last:null;};
const blocks=[...section.querySelector('.blocks').children];
for(const b of blocks){const wide=b.classList.contains('wide');
 if(wide&&slide&&at==0&&cols.length==2){slide.classList.add('one');cols[0].append(b);
  if(over(cols[0])){slide.classList.remove('one');b.remove();}else{cols[1].remove();cols.pop();continue;}}
 if(!slide||(wide&&!slide.classList.contains('one')))start(wide);
 cols[at].append(b);
 while(over(cols[at])&&b!==cols[at].firstElementChild){b.remove();const k=keep();
  if(at+1<cols.length)at++;else start(wide);if(k)cols[at].append(k);cols[at].append(b);if(k&&cols[at].children.length==2)break;}
}
if(!slide)start(false);
if(slide.children.length==4&&!slide.children[2].children.length){slide.classList.add('half');if(over(cols[0]))slide.classList.remove('half');}
section.remove();}
[...document.querySelectorAll('.foot b')].forEach((b,i)=>b.textContent=i+2);});</script>"""


def piece(markup):
    return html.fragment_fromstring(markup)


def bars(chart):
    """Bars lying across, the values inside the long ones and after the short ones, the legend on top."""
    title, cats, names, values = chart.title, chart.categories, chart.names, chart.values
    top, y, out = max(float(v) for v in values.values()), 26, []
    out.append(
        f'<text x="0" y="14" font-size="15" font-weight="700" fill="#5b2a86">{escape(title)}</text>'
        if len(title) < 60
        else ""
    )
    for j, name in enumerate(n for n in names if n):
        out.append(
            f'<rect x="0" y="{y}" width="10" height="10" fill="{COLOURS[j]}"/><text x="16" y="{y + 9}" font-size="12">{escape(name)}</text>'
        )
        y += 18
    thick = 20 if len(names) == 1 else 14
    y += 6
    for i, cat in enumerate(cats):
        here = [j for j in range(len(names)) if (i, j) in values]
        words = cat.split()
        half = next((n for n in range(1, len(words)) if len(" ".join(words[: n + 1])) > 24), len(words))
        lines = [" ".join(words[:half]), " ".join(words[half:])] if len(cat) > 24 else [cat]
        middle = y + thick * len(here) / 2
        for k, line in enumerate(lines):
            out.append(
                f'<text x="0" y="{middle + 4 + (k - (len(lines) - 1) / 2) * 13:.1f}" font-size="12">{escape(line)}</text>'
            )
        for k, j in enumerate(here):
            long = max(float(values[i, j]) / top * 250, 1)
            yy = y + k * thick
            out.append(f'<rect x="165" y="{yy}" width="{long:.1f}" height="{thick - 2}" fill="{COLOURS[j]}"/>')
            inside = long > 40
            out.append(
                f'<text x="{165 + long - 6 if inside else 170 + long:.1f}" y="{yy + thick - 6 + (thick < 20) * 2}" font-size="12" font-weight="700" text-anchor="{"end" if inside else "start"}" fill="{"#fff" if inside else "#222"}">{values[i, j]}</text>'
            )
        y += max(thick * len(here), 13 * len(lines)) + 8
    head = f'<p class="caption">{escape(title)}</p>' if len(title) >= 60 else ""
    return piece(f'<div class="chart">{head}<svg viewBox="0 0 430 {y}" font-family="Lato">{"".join(out)}</svg></div>')


def donut(table):
    """A ring of the rows' shares with a legend for a table of parts and their total, or nothing for other tables."""
    rows = [[text_of(c) for c in r] for r in table.iter("tr")]
    if any(len(r) != 2 for r in rows) or rows[-1][0].lower() != "total" or not all(r[1].isdigit() for r in rows[1:]):
        return None
    parts, total = [(n, int(v)) for n, v in rows[1:-1]], int(rows[-1][1])
    if sum(v for _, v in parts) != total:
        return bars(Drawn(": ".join(rows[0]), {"": ""}, [(r[0], {"": r[1]}) for r in rows[1:]]))
    out, at = [], -math.pi / 2
    for i, (_, v) in enumerate(parts):
        to = at + 2 * math.pi * v / total
        if v:
            p = [
                f"{90 + r * math.cos(a):.1f} {90 + r * math.sin(a):.1f}"
                for r, a in ((85, at), (85, to), (50, to), (50, at))
            ]
            big = int(to - at > math.pi)
            out.append(
                f'<path d="M{p[0]}A85 85 0 {big} 1 {p[1]}L{p[2]}A50 50 0 {big} 0 {p[3]}Z" fill="{COLOURS[i]}" stroke="#fff" stroke-width="2"/>'
            )
        at = to
    out.append(
        f'<text x="90" y="92" font-size="30" font-weight="900" text-anchor="middle">{total}</text><text x="90" y="110" font-size="13" text-anchor="middle">{rows[-1][0]}</text>'
    )
    legend = "".join(
        f'<p><i style="background:{COLOURS[i]}"></i><span>{escape(n)}</span><b>{v}</b></p>'
        for i, (n, v) in enumerate(parts)
    )
    return piece(
        f'<div class="chart ring"><svg viewBox="0 0 180 180" font-family="Lato">{"".join(out)}</svg><div><p class="heads"><span>{escape(rows[0][0])}</span><b>{escape(rows[0][1])}</b></p>{legend}</div></div>'
    )


def cut(table, room):
    """The table in parts of at most `room` lines, each with the head, the spanning labels said again."""
    rows = list(table.iter("tr"))
    heads = (
        [r for r in rows[:2] if all(c.tag == "th" for c in r)]
        if any(c.tag == "td" for r in rows for c in r)
        else rows[:1]
    )
    if (
        not any(re.search(r"\d", text_of(c)) for r in rows for c in r)
        and len(rows[0]) == 2
        and len(text_of(rows[0])) > 80
    ):
        heads = []
    parts, lines, span = [], room + 1, None
    for r in rows[len(heads) :]:
        need = max(1 + len(text_of(c)) * len(r) // (70 if room > 20 else 45) for c in r)
        if lines + need > room:
            parts.append(etree.Element("table"))
            parts[-1].extend(deepcopy(h) for h in heads)
            lines = 0
            if span is not None and span[1] > 0:
                again = deepcopy(span[0])
                again.set("rowspan", str(span[1]))
                r.insert(0, again)
                span[0].set("rowspan", str(int(span[0].get("rowspan")) - span[1]))
                span = [again, span[1]]
        if r[0].get("rowspan") and not text_of(r[0]) and span is not None:
            r[0].text = text_of(span[0])
        if r[0].get("rowspan") and (span is None or r[0] is not span[0]):
            span = [r[0], int(r[0].get("rowspan"))]
        if span is not None:
            span[1] -= 1
        lines += need
        parts[-1].append(r)
    return parts


def pulls(blocks):
    """At most two figures with their whole sentence, from sentences that begin with a figure and stand alone."""
    found = []
    for e in blocks:
        for s in re.split(r"(?<=[a-z)]\.)\s+", re.sub(r"^\d+\.\d+\s+", "", text_of(e))) if e.tag in ("p", "ul") else []:
            m = re.fullmatch(r"([£\d][\d,]*%?) ([a-z].*)\.", s)
            if (
                m
                and len(s) < 130
                and not re.search(r"\b(these|this|those|they|it|such|thereafter)\b", s)
                and len(found) < 2
            ):
                found.append(f'<div class="pull"><b>{m[1]}</b><span>{escape(m[2])}</span></div>')
    return found


def arrange(body):
    sections, begun = [], False
    for e in list(body):
        lead = not begun and e.tag in ("p", "h4") and len(text_of(e)) < 60
        begun = begun or not (lead or e.tag in ("h1", "h2", "h3"))
        if e.tag in ("h1", "h2", "h3") or lead:
            if not sections or sections[-1][1]:
                sections.append(([], []))
            sections[-1][0].append(e)
            continue
        if not sections:
            sections.append(([], []))
        if e.tag == "svg":
            made = [bars(read_chart(e))]
        elif e.tag == "table":
            ring, wide = (
                donut(e),
                max(sum(int(c.get("colspan", 1)) for c in r) for r in e.iter("tr")) > 3
                or (len(text_of(e)) > 1500 and not e.xpath(".//*[@rowspan]")),
            )
            made = [ring] if ring is not None else cut(e, 26 if wide else 17)
            for m in made:
                m.set("class", (m.get("class", "") + (" wide" if wide else "")).strip())
        elif e.tag == "ul":
            made = [piece(f"<ul>{html.tostring(li, encoding='unicode', with_tail=False)}</ul>") for li in e]
        else:
            made = [e]
        sections[-1][1].extend(made)
    for child in list(body):
        body.remove(child)
    first = [text_of(h) for h in sections[0][0]]
    body.set("data-title", " ".join(first[:2]))
    size = 46 if len(first) < 6 else 32
    body.append(
        piece(
            '<div id="deck"><div class="slide cover"><div class="band">'
            + "".join(f'<h1 style="font-size:{size}px">{escape(t)}</h1>' for t in first[:-1])
            + "</div></div></div>"
        )
    )
    chapter = ""
    for n, (heads, blocks) in enumerate(sections):
        shown = [text_of(h) for h in heads] if n else []
        if heads and heads[0].tag == "h1" and n:
            chapter = text_of(heads[0])
        elif chapter and n:
            shown.insert(0, chapter)
        last = shown[-1] if shown else first[-1]
        size = 20 if re.search("[^ ]{13}", last) else 27
        small = "".join(f'<p class="over">{escape(t)}</p>' for t in shown[:-1])
        panel = f'<div class="panel">{small}<h2 style="font-size:{size}px">{escape(last)}</h2>{"".join(pulls(blocks))}</div>'
        box = piece(f'<div class="section"><div class="frame">{panel}</div><div class="blocks"></div></div>')
        box[1].extend(blocks)
        body.append(box)
    body.append(piece(PACK))
