import { check } from 'k6';
import { browser } from 'k6/browser';

export default function () {}
