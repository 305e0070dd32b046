/** The whole table of interactions on a fake repository. */
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { InteractionSettings } from '../../src/interactions/interaction.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import { type FakeServer, fakeServer } from '../support/fake-server.ts';

export const definitions = loadDefinitions();

export const newServer = (settings: Partial<InteractionSettings> = {}): FakeServer => fakeServer(dispatch, definitions, settings);

export const patient = { resourceType: 'Patient', active: true };
export const identified = (value: string) => ({ ...patient, identifier: [{ system: 's', value }] });
