/** Who asks: bound to every repository, so that nothing is read or written without one. */
export interface Principal {
  /** Stable name of the caller, such as `local` (page links are bound to it). */
  readonly id: string;
}

/** The only principal until authorization exists; the server then listens on loopback only. */
export const localPrincipal: Principal = { id: 'local' };
