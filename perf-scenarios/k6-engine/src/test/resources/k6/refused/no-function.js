export const options = JSON.parse(__ENV.OPTIONS || '{}');
