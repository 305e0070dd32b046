/** Starts the one PostgreSQL of a test run and migrates the template that every test database is cloned from. */
import { register } from 'tsx/esm/api';

export default async function setup() {
  const unregister = register();
  try {
    const { startTestCluster } = await import('./test-cluster.ts');
    globalThis.stopTestCluster = await startTestCluster();
  } finally {
    await unregister();
  }
}
