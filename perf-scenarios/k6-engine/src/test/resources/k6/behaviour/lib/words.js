/* \p{L} in a comment */
export const words = (text) => text.split(/[^\p{L}\p{N}]+/u);
