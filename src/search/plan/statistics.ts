/** What the plan chooser knows of the data: frequencies, read from PostgreSQL's own statistics now and then. */

export interface Statistics {
  /** Rows of all types. */
  allRows(): number;
  /** Rows of the type that are not deleted. */
  typeRows(type: string): number;
  /** Rows that carry the token. */
  tokenRows(token: string): number;
  /** Rows of `num` or `str` under the key. */
  keyRows(table: 'num' | 'str', key: string): number;
  /** Share of the texts of full-text search that have the word. */
  wordShare(word: string): number;
  /** Share of rows whose primary date begins in the interval, of milliseconds since 1970. */
  dateShare(from: number, to: number): number;
  /** Share of versions written in the interval. */
  updatedShare(from: number, to: number): number;
}

/** Before anything is known: plans are right whatever the data, and good where it is small. */
export const noStatistics: Statistics = {
  allRows: () => 10_000,
  typeRows: () => 1000,
  tokenRows: () => 10,
  keyRows: () => 100,
  wordShare: () => 0.01,
  dateShare: () => 0.1,
  updatedShare: () => 0.1,
};
