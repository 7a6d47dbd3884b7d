/** k6's console, which @types/k6 leaves to the types of a browser. */
declare const console: { warn(message: string): void };
