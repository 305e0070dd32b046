/** The packages that were installed, by name and version, each with a note as JSON text. */
import { identifier, type Statement } from '../statement.ts';

const prefix = 'package ';

export const recordPackage = (schemaName: string, name: string, note: string): Statement => ({
  text: `insert into ${identifier(schemaName)}.setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`,
  values: [prefix + name, note],
});

/** Rows of {value}, by name. */
export const readPackages = (schemaName: string): Statement => ({
  text: `select value from ${identifier(schemaName)}.setting where name like '${prefix}%' order by name`,
  values: [],
});
