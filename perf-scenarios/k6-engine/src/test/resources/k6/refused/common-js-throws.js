import { broken } from './lib/throws.js';

export default broken;
