import host from 'k6/internal/host';

export default function () {}
