/** `npm start`: builds if needed and runs the server; flags are those of `anamnesis serve`. */
process.argv.splice(2, 0, 'serve');
await import('./anamnesis.mjs');
