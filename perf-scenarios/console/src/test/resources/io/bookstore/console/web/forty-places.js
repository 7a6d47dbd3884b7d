// Scrolls down in forty steps, and tells the rows of each place: how many are in the document, and whether they fill the
// window, one below the other, without a gap.
new Promise((done) => {
    const places = [];
    let left = 40;
    const look = () => {
        const rows = [...document.querySelectorAll('tbody tr')];
        const numbers = rows.map((row) => Number(row.ariaRowIndex));
        const boxes = rows.map((row) => row.getBoundingClientRect());
        const last = Number(document.querySelector('table').ariaRowCount);
        places.push({
            rows: rows.length,
            whole:
                numbers.every((number, i) => i === 0 || number === numbers[i - 1] + 1) &&
                boxes.every(({ top }, i) => i === 0 || Math.abs(top - boxes[i - 1].bottom) < 1) &&
                (numbers[0] === 2 || boxes[0].top <= 0) &&
                (numbers.at(-1) === last || boxes.at(-1).bottom >= innerHeight),
            last: numbers.at(-1),
        });
        if (left-- === 0) done(places);
        else {
            scrollTo(0, left === 0 ? document.documentElement.scrollHeight : scrollY + document.documentElement.scrollHeight / 40);
            requestAnimationFrame(() => requestAnimationFrame(look));
        }
    };
    scrollTo(0, 0);
    requestAnimationFrame(() => requestAnimationFrame(look));
})
