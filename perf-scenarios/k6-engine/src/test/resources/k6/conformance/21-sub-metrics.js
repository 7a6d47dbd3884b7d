import { Trend } from 'k6/metrics';

const tt = new Trend('tt');

export const options = { thresholds: { 'tt{a:x}': ['avg==1.5'], 'tt{a:x,b:y}': ['avg==2'], 'tt{a:z}': ['max<0.5'] } };

export default function () {
  tt.add(1, { a: 'x' });
  tt.add(2, { a: 'x', b: 'y' });
  tt.add(9, { a: 'q' });
}
