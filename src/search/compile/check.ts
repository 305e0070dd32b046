/** Whether conditions hold of rows that stand, and of resources that are still on their way into the store. */
import type { Statement } from '../../store/statement.ts';
import type { Condition } from '../condition.ts';
import type { Candidate } from '../holds.ts';
import { bigints } from '../sql.ts';
import { begin, type CompileContext } from './page.ts';
import { type Building, codesOf, isThere, type Row, rowOf, typeSql } from './row.ts';
import { testsSql } from './test.ts';

export interface StoredQuestion {
  readonly type: string;
  /** Hashes of the resources that are asked about. */
  readonly selves: readonly string[];
  readonly condition: Condition;
}

export interface CandidateQuestion {
  readonly candidate: Candidate;
  readonly condition: Condition;
}

export type Question = StoredQuestion | CandidateQuestion;

/** One row {place, self} for each resource on which the condition of the question at that place holds. */
export function questionsStatement(context: CompileContext, questions: readonly Question[]): Statement {
  const building = begin(context);
  const members = questions.map((question, place) => {
    const row = rowOf(building, ['candidate' in question ? question.candidate.type : question.type]);
    const from = 'candidate' in question ? candidateSql(question.candidate, row) : storedSql(question, row);
    const tests = testsSql([question.condition], row);
    return `select ${place} as place, ${row.alias}.self from ${from} where ${['true', ...tests].join(' and ')}`;
  });
  return { text: members.join(' union all '), values: building.list };
}

/** Looked up by their hashes, and then tested one by one. */
function storedSql({ selves }: StoredQuestion, row: Row): string {
  const inner = { ...row, alias: 'i' };
  const where = `i.self = any(${row.bind(bigints(selves))}::bigint[]) and ${typeSql(inner, true)} and ${isThere(inner)}`;
  return `(select * from ${row.schema}.res i where ${where} offset 0) ${row.alias}`;
}

/** A row as it would be: rows of other tables are not there yet, so that only what looks at other resources may be asked. */
function candidateSql({ type, id, rows }: Candidate, row: Row): string {
  const { bind } = row;
  const columns = [
    `0::bigint as rid, ${bind(rows.self)}::bigint as self, ${bind(rows.patient)}::bigint as pat`,
    `${bind(rows.low)}::timestamptz as lo, ${bind(rows.high)}::timestamptz as hi`,
    `${bind(rows.bucket)}::smallint as sk, 0 as ver, ${codeOf(row, type)}::smallint as tc, false as del`,
    `${bind(id)}::text as id, ${bind(bigints(rows.tokens))}::bigint[] as toks`,
  ];
  return `(select ${columns.join(', ')} offset 0) ${row.alias}`;
}

const codeOf = (building: Building, type: string): number => codesOf(building, [type])[0] ?? -1;
