/** Ids under which the server keeps the AuditEvents of its own log: nobody else may write there. */

export const logIdPrefix = 'log-';

export const isOfLog = (type: string, id: string | undefined): boolean => type === 'AuditEvent' && id?.startsWith(logIdPrefix) === true;
