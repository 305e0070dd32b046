/** Looks a text of a client up in a table: what every object inherits, such as `constructor`, is not in it. https://tc39.es/ecma262/#sec-object.hasown */

export const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
