/** How a search is run, for operators: the chosen plan in words, and what PostgreSQL expects of it. */
import type { Attempt } from '../search/compile/page.ts';
import type { Session } from '../store/database.ts';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** One line for each attempt that was made. Values of the search are not repeated. */
export async function explain(session: Session, attempt: Attempt, rows: number, milliseconds: number): Promise<string> {
  const { text, values, name } = attempt.statement();
  const statement = { text: `explain (format json) ${text}`, values, ...(name === undefined ? {} : { name: `explain-${name}` }) };
  const [answer] = await session.run<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(statement);
  const plan = answer?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) return attempt.plan;
  const indexes = [...new Set(nodesOf(plan).flatMap((node) => node['Index Name'] ?? []))];
  const expected = `cost ${plan['Total Cost'].toFixed(0)}, ${plan['Plan Rows']} rows expected, ${rows} found in ${milliseconds.toFixed(1)} ms`;
  return `${attempt.plan}; indexes ${indexes.join(', ') || 'none'}; ${expected}${attempt.partial ? '; not enough rows lead to the next plan' : ''}`;
}
