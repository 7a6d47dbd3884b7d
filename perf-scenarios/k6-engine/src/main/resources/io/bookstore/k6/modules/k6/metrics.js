import host from 'k6/internal/host';

const { addSample } = host;

class Metric {
  #metric;

  constructor(type, name, isTime) {
    this.#metric = host.declareMetric(type, String(name), isTime === true);
    this.name = String(name);
  }

  add(value, tags) {
    const number = typeof value === 'boolean' ? Number(value) : value === null || value === '' ? NaN : Number(value);
    if (Number.isNaN(number)) return host.invalidSample(this.name, String(value));
    addSample(this.#metric, number, tags);
    return true;
  }
}

export class Counter extends Metric {
  constructor(name, isTime) {
    super('COUNTER', name, isTime);
  }
}

export class Gauge extends Metric {
  constructor(name, isTime) {
    super('GAUGE', name, isTime);
  }
}

export class Rate extends Metric {
  constructor(name, isTime) {
    super('RATE', name, isTime);
  }
}

export class Trend extends Metric {
  constructor(name, isTime) {
    super('TREND', name, isTime);
  }
}

export default { Counter, Gauge, Rate, Trend };
