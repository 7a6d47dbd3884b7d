/* Draws the figures of a report with uPlot. Colours come from the style sheet, so a change of the scheme redraws. */
(function () {
    'use strict';

    const data = JSON.parse(document.getElementById('chart-data').textContent);
    const phases = JSON.parse(document.getElementById('phases').textContent);
    const HEIGHT = 220;
    const AXIS_FONT = '12px system-ui, sans-serif';
    const WHOLE_STEPS = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6].map((power) => digit * power)).sort((a, b) => a - b);

    const CLOCK_STEPS = [1, 2, 5, 10, 15, 30].flatMap((step) => [step, step * 60, step * 3600]).sort((a, b) => a - b);

    const COLOURS = {
        p50: '--series-1', p95: '--series-2', p99: '--series-3',
        'requests/s': '--series-1', 'failed/s': '--series-bad',
        llm: '--series-1', crud: '--series-2', other: '--series-3', failed: '--series-bad',
        input: '--series-2', output: '--series-1',
    };

    function colour(name) {
        return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    }

    function clock(seconds) {
        const whole = Math.floor(seconds);
        const pad = (value) => String(value).padStart(2, '0');
        const minutes = Math.floor(whole / 60) % 60;
        const hours = Math.floor(whole / 3600);
        return (hours > 0 ? hours + ':' + pad(minutes) : String(minutes)) + ':' + pad(whole % 60);
    }

    function amount(value, unit) {
        if (value === null || value === undefined) return '';
        if (unit === '%') return trimmed(value, 2) + ' %';
        if (unit === 's') return trimmed(value, 2) + ' s';
        if (unit === 'ms') return value >= 1000 ? trimmed(value / 1000, 2) + ' s' : trimmed(value, value < 10 ? 2 : 0) + ' ms';
        if (unit === '$' || unit === 'USD') return '$' + (value < 1 ? trimmed(value, 4) : value.toFixed(2));
        if (value >= 1e6) return trimmed(value / 1e6, 2) + 'M';
        if (value >= 1e4) return trimmed(value / 1e3, 1) + 'k';
        return trimmed(value, 2) + (unit === 'per s' ? '/s' : '');
    }

    function trimmed(value, digits) {
        return Number(value.toFixed(digits)).toLocaleString('en', { maximumFractionDigits: digits });
    }

    function series(name, kind, unit, index) {
        const stroke = colour((kind !== 'curve' && COLOURS[name]) || '--series-' + (index % 3 + 1));
        const drawn = { label: name, stroke, width: 2, spanGaps: true, value: (_, value) => amount(value, unit) };
        if (kind === 'dots') {
            return { ...drawn, paths: () => null, points: { show: true, size: 6, width: 1, fill: stroke + '99' } };
        }
        const points = { show: (plot) => plot.data[0].length < 40, size: 5 };
        if (kind === 'steps') return { ...drawn, points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }) };
        if (kind === 'bars') return { ...drawn, width: 1, points: { show: false }, fill: stroke + '88', paths: uPlot.paths.bars({ size: [1, Infinity], align: 1 }) };
        if (kind === 'area') return { ...drawn, points: { show: false }, fill: stroke + '22' };
        return { ...drawn, points };
    }

    function axis(extra) {
        return {
            stroke: colour('--quiet'),
            grid: { stroke: colour('--grid'), width: 1 },
            ticks: { stroke: colour('--grid'), width: 1 },
            font: AXIS_FONT,
            ...extra,
        };
    }

    /** Calls back with each phase that is seen, and where it is. */
    function eachPhase(plot, use) {
        const { ctx, bbox } = plot;
        ctx.save();
        phases.forEach((phase, index) => {
            const left = Math.max(bbox.left, plot.valToPos(phase.startSeconds, 'x', true));
            const right = Math.min(bbox.left + bbox.width, plot.valToPos(phase.endSeconds, 'x', true));
            if (right > left) use(phase, index, left, right);
        });
        ctx.restore();
    }

    /** Phases as bands behind the lines, every second one shaded. */
    function shadePhases(plot) {
        const { ctx, bbox } = plot;
        eachPhase(plot, ({ tone }, index, left, right) => {
            if (tone !== 'bad' && index % 2 === 0) return;
            ctx.fillStyle = colour(tone === 'bad' ? '--band-bad' : '--band');
            ctx.fillRect(left, bbox.top, right - left, bbox.height);
        });
    }

    /** Their names at the top, as far as they fit, with a ground on which no line crosses them. */
    function namePhases(plot) {
        const { ctx, bbox } = plot;
        const inset = 3 * devicePixelRatio;
        const height = 11 * devicePixelRatio;
        ctx.font = height + 'px system-ui, sans-serif';
        eachPhase(plot, ({ label, tone }, index, left, right) => {
            const { width } = ctx.measureText(label);
            if (width + 2 * inset > right - left) return;
            ctx.textBaseline = 'top';
            ctx.textAlign = 'left';
            ctx.fillStyle = colour(tone === 'bad' ? '--band-bad' : index % 2 === 1 ? '--band' : '--card');
            ctx.fillRect(left + inset, bbox.top + inset, width + inset, height + inset);
            ctx.fillStyle = colour('--quiet');
            ctx.fillText(label, left + 1.5 * inset, bbox.top + 1.5 * inset);
        });
    }

    /** The limit across a curve, and its knee. */
    function drawMarks(plot, { limit, limitLabel, knee, kneeLabel }) {
        const { ctx, bbox } = plot;
        ctx.save();
        ctx.font = 11 * devicePixelRatio + 'px system-ui, sans-serif';
        ctx.lineWidth = 1.5 * devicePixelRatio;
        ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
        const line = (fromX, fromY, toX, toY, ink) => {
            ctx.strokeStyle = ink;
            ctx.beginPath();
            ctx.moveTo(fromX, fromY);
            ctx.lineTo(toX, toY);
            ctx.stroke();
        };
        const gap = 4 * devicePixelRatio;
        if (limit !== '' && Number(limit) <= plot.scales.y.max) {
            const y = plot.valToPos(Number(limit), 'y', true);
            line(bbox.left, y, bbox.left + bbox.width, y, colour('--series-bad'));
            ctx.fillStyle = colour('--series-bad');
            ctx.textBaseline = 'bottom';
            ctx.textAlign = 'left';
            ctx.fillText(limitLabel, bbox.left + gap, y - gap);
        }
        if (knee !== '') {
            const x = plot.valToPos(Number(knee), 'x', true);
            line(x, bbox.top, x, bbox.top + bbox.height, colour('--good'));
            ctx.fillStyle = colour('--good');
            ctx.textBaseline = 'top';
            ctx.textAlign = x > bbox.left + bbox.width / 2 ? 'right' : 'left';
            ctx.fillText(kneeLabel, x + (ctx.textAlign === 'right' ? -gap : gap), bbox.top + gap);
        }
        ctx.restore();
    }

    /** The labels of an x axis; one that would touch the one before it stays empty. */
    function spaced(plot, splits, words) {
        const { ctx } = plot;
        ctx.save();
        ctx.font = AXIS_FONT;
        let end = -Infinity;
        const labels = splits.map((split) => {
            const label = words(split);
            const half = ctx.measureText(label).width / 2;
            const middle = plot.valToPos(split, 'x');
            if (middle - half < end + 6) return '';
            end = middle + half;
            return label;
        });
        ctx.restore();
        return labels;
    }

    /** What a kind of chart has along its x axis: the scale, the axis, the words of a value, and what is drawn on top. */
    function alongX(element, xs) {
        const { kind, xLabel, xUnit } = element.dataset;
        const last = xs.length - 1;
        if (kind === 'curve') {
            return {
                scale: { range: (_, low, high) => (low < high ? [low, high] : [low * 0.9, low * 1.1 + 1]) },
                axis: { label: [xLabel, xUnit].join(' ').trim(), labelSize: 22, labelFont: AXIS_FONT, size: 34 },
                label: xLabel,
                words: String,
                hooks: { draw: [(plot) => drawMarks(plot, element.dataset)] },
            };
        }
        if (kind === 'percentiles') {
            // x counts nines, so that p90 is at 1 and p99 at 2; the last point is the slowest of all.
            const percent = (nines) => trimmed(100 * (1 - Math.pow(10, -nines)), Math.max(0, Math.ceil(nines)));
            const ticks = [Math.log10(2), ...Array.from({ length: Math.floor(xs[last]) }, (_, index) => index + 1)];
            return {
                scale: { range: () => [0, xs[last]] },
                axis: {
                    splits: () => ticks.filter((nines) => nines <= xs[last]),
                    values: (plot, splits) => spaced(plot, splits, (nines) => 'p' + percent(nines)),
                    label: 'share of the samples, a nine in each step', labelSize: 22, labelFont: AXIS_FONT, size: 34,
                },
                label: 'Percentile',
                words: (nines, index) => (index === last ? 'slowest' : 'p' + percent(nines)),
                hooks: {},
            };
        }
        if (kind === 'bars') {
            return {
                scale: { range: () => [xs[0], xs[last]] },
                axis: { values: (_, ticks) => ticks.map((tick) => amount(tick, 'ms')), space: 56 },
                label: 'Above',
                words: (edge) => amount(edge, 'ms'),
                hooks: {},
            };
        }
        return {
            scale: { range: () => [range.from, range.to] },
            axis: { values: (_, ticks) => ticks.map(clock), space: 56, incrs: CLOCK_STEPS },
            label: 'Time',
            words: clock,
            hooks: { drawClear: [shadePhases], draw: [namePhases], setSelect: [takeSelection] },
            // The range is one for all charts: a chart does not zoom itself, it asks for that of all.
            cursor: { drag: { x: true, y: false, setScale: false, dist: 5 }, bind: { dblclick: () => () => zoom(0, whole) } },
        };
    }

    function draw(element) {
        const columns = data[element.dataset.chart];
        const { kind, unit } = element.dataset;
        const along = alongX(element, columns.x);
        const limit = Number(element.dataset.limit || NaN);
        const top = (high) => (limit > high && limit <= 3 * high ? limit : high);
        const names = Object.keys(columns).filter((name) => name !== 'x');
        const counted = kind === 'steps' || kind === 'bars';
        element.replaceChildren();
        return new uPlot({
            width: element.clientWidth,
            height: HEIGHT,
            scales: {
                x: { time: false, ...along.scale },
                // Above the lines stand the names of the phases, or of the knee.
                y: { range: (_, low, high) => [0, high > 0 ? top(high) * (['percentiles', 'bars'].includes(kind) ? 1.08 : 1.16) : 1] },
            },
            axes: [
                axis(along.axis),
                axis({ values: (_, ticks) => ticks.map((tick) => amount(tick, unit)), size: 72, ...(counted && { incrs: WHOLE_STEPS }) }),
            ],
            series: [
                { label: along.label, value: (_, value, __, index) => (value === null ? '' : along.words(value, index)) },
                ...names.map((name, index) => series(name, kind, unit, index)),
            ],
            hooks: along.hooks,
            cursor: { drag: { x: kind === 'curve', y: false }, points: { size: 7 }, ...along.cursor },
        }, [columns.x, ...names.map((name) => columns[name])], element);
    }

    const elements = Array.from(document.querySelectorAll('.chart'));
    const timed = elements.filter(({ dataset }) => !['curve', 'percentiles', 'bars'].includes(dataset.kind));
    const whole = Math.ceil(Math.max(1, ...timed.map(({ dataset }) => data[dataset.chart].x.at(-1) || 0)));
    /** The seconds that every chart over time shows. */
    const range = { from: 0, to: whole };
    let plots = new Map();

    function drawAll() {
        plots.forEach((plot) => plot.destroy());
        plots = new Map(elements.map((element) => [element, draw(element)]));
    }

    const controls = document.getElementById('zoom');
    const labels = new Map(timed.map((element) => [element, element.getAttribute('aria-label')]));

    function zoomed() {
        return range.from > 0 || range.to < whole;
    }

    /** Shows these seconds in every chart over time, or nearly these if they are too few to see. */
    function zoom(from, to) {
        const least = Math.min(whole, Math.max(1, whole / 200));
        range.from = Math.max(0, Math.min(from, whole - least));
        range.to = Math.min(whole, Math.max(to, range.from + least));
        timed.forEach((element) => {
            plots.get(element).setScale('x', { min: range.from, max: range.to });
            element.setAttribute('aria-label', labels.get(element) + (zoomed() ? ' Shown: ' + shown() + '.' : ''));
        });
        showRange();
    }

    function shown() {
        return clock(range.from) + ' to ' + clock(range.to);
    }

    function takeSelection(plot) {
        const { left, width } = plot.select;
        if (width <= 0) return;
        plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        zoom(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'));
    }

    function showRange() {
        const { from, to, reset, text } = controls.elements;
        [[from, range.from], [to, range.to]].forEach(([slider, seconds]) => {
            slider.value = seconds;
            slider.setAttribute('aria-valuetext', clock(seconds));
        });
        text.value = shown();
        reset.disabled = !zoomed();
    }

    function prepareZoom() {
        const { from, to, reset } = controls.elements;
        [from, to].forEach((slider) => {
            slider.max = whole;
            // Whole seconds, or so many that two hundred presses of a key cross the run.
            slider.step = Math.max(1, Math.floor(whole / 200));
        });
        from.addEventListener('input', () => zoom(Math.min(Number(from.value), range.to - Number(from.step)), range.to));
        to.addEventListener('input', () => zoom(range.from, Math.max(Number(to.value), range.from + Number(to.step))));
        reset.addEventListener('click', () => zoom(0, whole));
        document.addEventListener('keydown', ({ key }) => {
            if (key === 'Escape' && zoomed()) zoom(0, whole);
        });
        showRange();
        controls.hidden = false;
    }

    drawAll();
    if (controls) prepareZoom();
    // Paper has light colours and a width of its own.
    ['(prefers-color-scheme: dark)', 'print'].forEach((media) => window.matchMedia(media).addEventListener('change', drawAll));
    const observer = new ResizeObserver((entries) => {
        entries.forEach(({ target }) => {
            const plot = plots.get(target);
            if (plot && plot.width !== target.clientWidth) plot.setSize({ width: target.clientWidth, height: HEIGHT });
        });
    });
    elements.forEach((element) => observer.observe(element));
}());
