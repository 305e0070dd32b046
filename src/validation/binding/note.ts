/** What could not be checked: said once for each reason, with the first places where it came up. */
import type { Collected } from '../collected.ts';

const mostPlaces = 20;

export class Notes {
  private readonly places = new Map<string, string[]>();

  add(text: string, at: readonly string[]): void {
    const known = this.places.get(text) ?? [];
    this.places.set(text, known);
    known.push(...at.slice(0, mostPlaces - known.length));
  }

  tell(collected: Collected): void {
    for (const [diagnostics, expression] of this.places)
      collected.take({ severity: 'information', code: 'not-found', diagnostics, expression });
  }
}
