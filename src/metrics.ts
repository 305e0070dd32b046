/** Figures for Prometheus: requests by interaction and status class, the database pool, the process. https://prometheus.io/docs/practices/naming/ */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Connections of the database pool. */
export interface PoolUsage {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Jobs of a kind in a state. */
export interface JobCount {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
}

export interface RequestMeter {
  /** `interaction` is one of a fixed few names, never part of a request. */
  observe(interaction: string, status: number, seconds: number): void;
}

export interface Metrics extends RequestMeter {
  readonly contentType: string;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

type Observe = (seconds: number) => void;

const statusClass = (status: number): string => `${Math.floor(status / 100)}xx`;

/** Children of a histogram are made once for each pair of labels. */
function createMeter(registry: Registry): RequestMeter {
  const histogram = new Histogram({
    name: 'fhir_request_duration_seconds',
    help: 'FHIR requests by interaction and status class, from the head of the request to the end of the answer.',
    labelNames: ['interaction', 'status'],
    buckets,
    registers: [registry],
  });
  const children = new Map<string, Observe[]>();
  const child = (interaction: string, status: number): Observe => {
    const known = histogram.labels(interaction, statusClass(status));
    return (seconds) => known.observe(seconds);
  };
  return {
    observe: (interaction, status, seconds) => {
      const byClass = children.get(interaction) ?? [];
      if (byClass.length === 0) children.set(interaction, byClass);
      const index = Math.floor(status / 100);
      byClass[index] ??= child(interaction, status);
      (byClass[index] as Observe)(seconds);
    },
  };
}

function measurePool(registry: Registry, usage: () => PoolUsage): void {
  new Gauge({
    name: 'database_connections',
    help: 'Connections of the database pool, and requests that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { total, idle, waiting } = usage();
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'busy' }, total - idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
}

/** Asked of the database whenever the figures are read; while it is away there are none of them. */
function countJobs(registry: Registry, counts: () => Promise<readonly JobCount[]>): void {
  new Gauge({
    name: 'jobs',
    help: 'Jobs by kind and state, as long as they are kept.',
    labelNames: ['kind', 'state'],
    registers: [registry],
    async collect() {
      const found = await counts().catch(() => []);
      this.reset();
      for (const { kind, state, count } of found) this.set({ kind, state }, count);
    },
  });
}

export function createMetrics(poolUsage?: () => PoolUsage, jobCounts?: () => Promise<readonly JobCount[]>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  if (poolUsage !== undefined) measurePool(registry, poolUsage);
  if (jobCounts !== undefined) countJobs(registry, jobCounts);
  return { ...createMeter(registry), contentType: registry.contentType, text: () => registry.metrics() };
}
