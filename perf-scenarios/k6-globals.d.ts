/** Globals of k6 that @types/k6 does not declare, or leaves to the types of a browser. */
declare const crypto: { randomUUID(): string };
declare const console: { warn(message: string): void };
