const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const font = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';
const charWidth = 7.83;
const lineHeight = 17;
const margin = 16;

/** What the program paints, by its ANSI code. */
const paints = new Map([
  ['31', 'red'],
  ['32', 'green'],
  ['33', 'yellow'],
]);

/** A code of a terminal: escape, then the number of the paint. */
const code = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`);

/** One line of terminal output: runs of text between codes of colour. */
function spans(line) {
  const parts = line.split(code);
  return parts
    .map((part, i) => {
      if (i % 2 === 1 || part === '') return '';
      const paint = paints.get(parts[i - 1]);
      return paint ? `<tspan class="${paint}">${escaped(part)}</tspan>` : escaped(part);
    })
    .join('');
}

/** The text of a terminal as an SVG, dark in both themes as terminals are. */
export function terminalPicture(text) {
  const lines = text.trimEnd().split('\n');
  const longest = Math.max(
    ...lines.map(
      (line) =>
        line
          .split(code)
          .filter((_, i) => i % 2 === 0)
          .join('').length,
    ),
  );
  const width = Math.ceil(longest * charWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const rows = lines.map((line, i) => `<text y="${margin + 13 + i * lineHeight}">${spans(line)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Output of cowpte check</title>
<style>
rect { fill: #1a1e25 }
text { font: 13px ${font}; fill: #e6e9ed; white-space: pre }
.red { fill: #ff9089; font-weight: 700 }
.green { fill: #7bd09c }
.yellow { fill: #e2c366 }
</style>
<rect width="${width}" height="${height}" rx="8"/>
<g transform="translate(${margin})">
${rows.join('\n')}
</g>
</svg>
`;
}

/** A graph of a report as an SVG that stands alone, light or dark as the reader's system is. */
export function graphPicture(svg) {
  const style = `<style>
text { font-family: ${font}; fill: #1b1f24 }
.edge text { fill: #4c5563 }
.node path, .node polygon { fill: #f6f6f4; stroke: #66758a }
.node.violating path { fill: #fdeceb; stroke: #c4121f }
.edge path, .edge polygon { stroke: #868d97 }
.edge polygon { fill: #868d97 }
.edge.violating path, .edge.violating polygon { stroke: #c4121f }
.edge.violating polygon { fill: #c4121f }
.edge.violating text { fill: #ad101b }
.edge path, .edge.violating path { fill: none }
@media (prefers-color-scheme: dark) {
text { fill: #e6e9ed }
.edge text { fill: #b0b8c4 }
.node path, .node polygon { fill: #1a1e25; stroke: #8d9bb0 }
.node.violating path { fill: #3a1a1c; stroke: #ff746c }
.edge path, .edge polygon { stroke: #6c7686 }
.edge polygon { fill: #6c7686 }
.edge.violating path, .edge.violating polygon { stroke: #ff746c }
.edge.violating polygon { fill: #ff746c }
.edge.violating text { fill: #ff9089 }
}
</style>`;
  const title = '<title>State graph made by cowpte</title>';
  const alone = svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg" role="img"');
  return `${alone.replace('>', `>\n${title}\n${style}`)}\n`;
}
