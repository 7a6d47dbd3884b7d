const WIDTH = 320;
const HEIGHT = 96;
const SVG = 'http://www.w3.org/2000/svg';

export function shape(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, String(value)));
  made.append(...children);
  return made;
}

/** The next of 1, 2 and 5 times a power of ten, so that the scale does not jump with each point. */
export function above(value) {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= value);
}

function legend({ name }, i) {
  const entry = document.createElement('span');
  entry.className = `name-${i}`;
  entry.textContent = name;
  return entry;
}

/** The parts of a line between unknown values; a value that stands alone is a dot. */
function segments(values) {
  const parts = [[]];
  for (const point of values) {
    if (Number.isFinite(point[1])) {
      parts.at(-1).push(point);
    } else {
      parts.push([]);
    }
  }
  return parts.filter(({ length }) => length > 0).map((part) => (part.length === 1 ? [...part, ...part] : part));
}

/** Lines over the time of a run, with its stages as bands: `<line-chart>`. A line has a gap where its value is unknown. */
class LineChart extends HTMLElement {
  #svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', preserveAspectRatio: 'none' });
  #title = document.createElement('h3');
  #scale = document.createElement('p');
  #span = document.createElement('p');

  connectedCallback() {
    this.#scale.className = 'scale';
    this.#span.className = 'span';
    this.replaceChildren(this.#title, this.#scale, this.#svg, this.#span);
  }

  /**
   * @param {{ title: string, now: string, lines: { name: string, values: [number, number | undefined][] }[],
   *   stages: { fromSecond: number, toSecond: number, text: string }[], seconds: number,
   *   marks: { elapsedSeconds: number, text: string }[],
   *   format: (value: number) => string, clock: (seconds: number) => string }} chart
   */
  draw({ title, now, lines, stages, marks, seconds, format, clock }) {
    const known = lines.map(({ values }) => segments(values));
    const most = above(Math.max(0, ...known.flat(2).map(([, value]) => value)));
    const x = (second) => ((WIDTH * Math.min(second, seconds)) / seconds).toFixed(1);
    const y = (value) => (HEIGHT - 2 - ((HEIGHT - 6) * value) / most).toFixed(1);
    const bands = stages.map(({ fromSecond, toSecond, text }, i) =>
      shape(
        'rect',
        { class: i % 2 ? 'band odd' : 'band', x: x(fromSecond), y: 0, width: Math.max(0, x(toSecond) - x(fromSecond)), height: HEIGHT },
        shape('title', {}, text),
      ),
    );
    const changes = marks.map(({ elapsedSeconds, text }) =>
      shape('line', { class: 'mark', x1: x(elapsedSeconds), x2: x(elapsedSeconds), y1: 0, y2: HEIGHT }, shape('title', {}, text)),
    );
    const drawn = known.flatMap((parts, i) =>
      parts.map((part) => shape('polyline', { class: `line line-${i}`, points: part.map(([second, value]) => `${x(second)},${y(value)}`).join(' ') })),
    );
    this.#title.replaceChildren(title, ...lines.filter(({ name }) => name).map(legend));
    this.#scale.textContent = format(most);
    this.#span.textContent = clock(seconds);
    this.#svg.setAttribute('aria-label', `${title}: now ${now}`);
    this.#svg.replaceChildren(...bands, ...changes, ...drawn);
  }
}

customElements.define('line-chart', LineChart);
