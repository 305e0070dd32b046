/** The access of the program itself, and of everybody where authorization is switched off. */
import { always } from '../search/condition.ts';
import type { Access } from './access.ts';

const everything = { any: [{}] };

export const unrestricted: Access = {
  key: '*',
  isUnrestricted: true,
  mayAdminister: true,
  own: [],
  restriction: () => everything,
  condition: () => always,
};
