/** What PostgreSQL really does for a search: the indexes it uses and the rows it looks at, statement by statement. */
import pg from 'pg';
import { type Attempt, type CompileContext, compileCount, compilePage } from '../src/search/compile/page.ts';
import { columnsOf, type Position } from '../src/search/order.ts';
import type { Query } from '../src/search/query.ts';
import type { Statement } from '../src/store/statement.ts';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

export interface Touched {
  /** In words: the ways that were tried. */
  readonly ways: readonly string[];
  readonly indexes: ReadonlySet<string>;
  /** Tables that were read from one end to the other. */
  readonly scanned: ReadonlySet<string>;
  /** Rows and entries of indexes that were looked at. */
  readonly rows: number;
  readonly found: number;
  /** Where the page ends. */
  readonly last?: Position;
}

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const isRead = (node: PlanNode): boolean => node['Relation Name'] !== undefined || node['Index Name'] !== undefined;

const rowsOf = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'];

/** As the pools of the server are: statements with a name are planned by their shape, others by their values. */
const byShape = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';
const byValues = '-c plan_cache_mode=auto';

export interface Explainer {
  page(query: Query, position?: Position): Promise<Touched>;
  count(query: Query): Promise<Touched>;
  close(): Promise<void>;
}

async function open(connection: pg.PoolConfig, planning: string): Promise<pg.Client> {
  const client = new pg.Client({ ...(connection as pg.ClientConfig), options: `-c TimeZone=UTC -c jit=off ${planning}` });
  await client.connect();
  return client;
}

const member = (value: unknown): string => `"${String(value).replace(/["\\]/g, '\\$&')}"`;

/** A parameter as a literal: EXECUTE takes no others. */
function quoted(client: pg.Client, value: unknown): string {
  if (value === null) return 'null';
  return client.escapeLiteral(Array.isArray(value) ? `{${value.map(member).join(',')}}` : String(value));
}

export async function openExplainer(connection: pg.PoolConfig, context: CompileContext): Promise<Explainer> {
  const [shaped, valued] = [await open(connection, byShape), await open(connection, byValues)];
  const prepared = new Set<string>();

  /** A statement with a name runs with the plan of its shape: that one is told. */
  const explained = async ({ text, values, name }: Statement): Promise<PlanNode> => {
    const head = 'explain (analyze, timing off, format json)';
    if (name !== undefined && !prepared.has(name)) await shaped.query(`prepare "${name}" as ${text}`);
    if (name !== undefined) prepared.add(name);
    const given = values.length === 0 ? '' : `(${values.map((value) => quoted(shaped, value)).join(', ')})`;
    const { rows } =
      name === undefined
        ? await valued.query(`${head} ${text}`, values as unknown[])
        : await shaped.query(`${head} execute "${name}"${given}`);
    return (rows as { 'QUERY PLAN': { Plan: PlanNode }[] }[])[0]?.['QUERY PLAN'][0]?.Plan as PlanNode;
  };

  const touchedBy = async (attempts: readonly Pick<Attempt, 'statement' | 'partial' | 'plan'>[], wanted: number): Promise<Touched> => {
    const ways: string[] = [];
    const nodes: PlanNode[] = [];
    let found = 0;
    for (const { statement, partial, plan } of attempts) {
      const top = await explained(statement());
      ways.push(plan);
      nodes.push(...nodesOf(top));
      found = top['Actual Rows'];
      if (!partial || found > wanted) break;
    }
    return {
      ways,
      found,
      indexes: new Set(nodes.flatMap((node) => node['Index Name'] ?? [])),
      scanned: new Set(nodes.filter((node) => node['Node Type'].includes('Seq Scan')).flatMap((node) => node['Relation Name'] ?? [])),
      rows: nodes.filter(isRead).reduce((sum, node) => sum + rowsOf(node), 0),
    };
  };

  const lastOf = async (query: Query, attempts: readonly Attempt[]): Promise<Position | undefined> => {
    for (const { statement, partial } of attempts) {
      const { text, values } = statement();
      const { rows } = await valued.query<Record<string, string>>(text, values as unknown[]);
      if (partial && rows.length <= query.count) continue;
      const row = rows[query.count - 1];
      return row && { values: columnsOf(query).map((_, i) => row[`k${i + 1}`] ?? null), rid: row['rid'] ?? '' };
    }
    return undefined;
  };

  return {
    page: async (query, position) => {
      const attempts = [...compilePage(context, query, position)];
      const touched = await touchedBy(attempts, query.count);
      const last = await lastOf(query, attempts);
      return last === undefined ? touched : { ...touched, last };
    },
    count: (query) => touchedBy([{ statement: () => compileCount(context, query), partial: false, plan: 'count' }], 0),
    close: async () => {
      await shaped.end();
      await valued.end();
    },
  };
}
