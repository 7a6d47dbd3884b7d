/** What the scripts use of js-yaml, so that the type check need not read all of it. */
export function load(source: string): any;
