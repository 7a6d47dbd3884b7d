import crypto from 'k6/crypto';

export default function () {
  crypto.md4('x', 'hex');
}
