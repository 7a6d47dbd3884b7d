import sse from 'k6/x/sse';

sse.open('http://127.0.0.1:9/', () => {});

export default function () {}
