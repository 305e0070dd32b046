/** What an import was asked for, as its job keeps it. */

export interface ImportFile {
  /** Absent: the upload. */
  readonly url?: string;
  /** The file holds resources of this type alone. */
  readonly type?: string;
}

export interface ImportInput {
  readonly files: readonly ImportFile[];
  /** Under which the upload lies in the storage. */
  readonly upload?: string;
  /** Of the upload. */
  readonly bytes?: number;
}

/** What came of a file. */
export interface FileCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** How far it got: everything before is committed, in the same transaction as this. */
export interface ImportPosition {
  /** Files before are done. */
  readonly file: number;
  /** Lines and bytes of text of the file before. */
  readonly line: number;
  readonly offset: number;
  /** ETag of the file. */
  readonly validator?: string;
  /** It is gzip: to go on means to begin anew and pass over. */
  readonly packed?: boolean;
  readonly counts: readonly FileCounts[];
  /** Bytes of files before, and of all whose size is known. */
  readonly before: number;
  readonly total: number;
  /** Lines that are settled when all files are read. */
  readonly waiting?: number;
}

export const noCounts: FileCounts = { created: 0, updated: 0, unchanged: 0, refused: 0 };

export const importKind = 'import';
