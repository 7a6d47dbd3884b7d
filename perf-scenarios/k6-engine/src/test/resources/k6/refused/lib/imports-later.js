export const later = () => import('./typed.js');
