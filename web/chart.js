/** Values over time as a line: small beside a result, larger with its scale when the result is opened. */
import { svg } from './element.js';
import { dayText, numberText } from './words.js';

/** `lines` are lists of `{at, value}`, oldest first. */
function scale(lines, width, height, pad) {
  const points = lines.flat();
  const [values, times] = [points.map(({ value }) => value), points.map(({ at }) => at)];
  const [low, high, first, last] = [Math.min(...values), Math.max(...values), Math.min(...times), Math.max(...times)];
  const across = (from, to, value, size) => (to === from ? size / 2 : ((value - from) / (to - from)) * size);
  const x = (at) => pad.left + across(first, last, at, width - pad.left - pad.right);
  const y = (value) => height - pad.bottom - across(low, high, value, height - pad.top - pad.bottom);
  return { low, high, first, last, x, y };
}

const path = (line, { x, y }) =>
  line.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join('');

export function sparkline(lines) {
  const [width, height] = [96, 28];
  const at = scale(lines, width, height, { top: 4, right: 4, bottom: 4, left: 4 });
  const drawn = lines.map((line) => svg('path', { class: 'line', d: path(line, at) }));
  const ends = lines.map((line) => svg('circle', { class: 'dot', cx: at.x(line.at(-1).at), cy: at.y(line.at(-1).value), r: 2.5 }));
  return svg('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' }, drawn, ends);
}

const label = (x, y, anchor, text) => svg('text', { x, y, 'text-anchor': anchor }, text);

const isoDay = (at) => dayText(new Date(at).toISOString());

/** `name` tells those who cannot see it what it shows. */
export function chart(lines, name) {
  const [width, height] = [560, 170];
  const pad = { top: 14, right: 14, bottom: 26, left: 48 };
  const at = scale(lines, width, height, pad);
  const grid = [at.low, (at.low + at.high) / 2, at.high].map((value) => [
    svg('line', { class: 'grid', x1: pad.left, x2: width - pad.right, y1: at.y(value), y2: at.y(value) }),
    label(pad.left - 8, at.y(value) + 4, 'end', numberText(value)),
  ]);
  const days = [label(pad.left, height - 6, 'start', isoDay(at.first)), label(width - pad.right, height - 6, 'end', isoDay(at.last))];
  const drawn = lines.map((line, index) => [
    svg('path', { class: `line line-${index}`, d: path(line, at) }),
    line.map((point) =>
      svg('circle', { class: `dot line-${index}`, cx: at.x(point.at), cy: at.y(point.value), r: 3.2 }, svg('title', {}, point.text)),
    ),
  ]);
  return svg(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': name },
    at.low === at.high ? grid[0] : grid,
    days,
    drawn,
  );
}
