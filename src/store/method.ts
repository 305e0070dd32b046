/** How a version came to be, as the number kept with it. */
export const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

export type Method = (typeof methods)[number];

export const methodCode = (method: Method): number => methods.indexOf(method) + 1;

export const methodOf = (code: number): Method => methods[code - 1] ?? 'PUT';
