/** How a load shows itself: a bar with rate and remaining time on a terminal, plain lines elsewhere. */
import type { Writable } from 'node:stream';
import cliProgress from 'cli-progress';

export interface Progress {
  begin(bytes: number): void;
  /** Bytes and resources since the last call. */
  advance(bytes: number, resources: number): void;
  /** A line that stays on the screen. */
  say(line: string): void;
  end(): void;
}

const counted = (count: number): string => count.toLocaleString('en');

interface State {
  readonly started: number;
  total: number;
  bytes: number;
  resources: number;
}

const newState = (): State => ({ started: Date.now(), total: 0, bytes: 0, resources: 0 });

const rateOf = ({ started, resources }: State): number => Math.round(resources / Math.max((Date.now() - started) / 1000, 0.001));

/** Seconds, by the share of bytes. */
function remaining({ started, total, bytes }: State): number {
  if (bytes === 0) return 0;
  return Math.round((((Date.now() - started) / bytes) * Math.max(total - bytes, 0)) / 1000);
}

function bar(out: Writable): Progress {
  const state = newState();
  const format = '  [{bar}] {percentage}% | {resources} resources | {rate}/s | {left} s left';
  const shown = new cliProgress.SingleBar(
    { format, stream: out as NodeJS.WritableStream, hideCursor: true, fps: 8, clearOnComplete: true },
    cliProgress.Presets.rect,
  );
  const payload = () => ({ resources: counted(state.resources), rate: counted(rateOf(state)), left: counted(remaining(state)) });
  return {
    begin: (bytes) => {
      state.total = bytes;
      shown.start(bytes, 0, payload());
    },
    advance: (bytes, resources) => {
      state.bytes += bytes;
      state.resources += resources;
      shown.update(Math.min(state.bytes, state.total), payload());
    },
    say: (line) => {
      out.write(`\r\x1b[K${line}\n`);
    },
    end: () => shown.stop(),
  };
}

const everyMs = 2000;

function lines(out: Writable): Progress {
  const state = newState();
  let shown = state.started;
  return {
    begin: (bytes) => {
      state.total = bytes;
    },
    advance: (bytes, resources) => {
      state.bytes += bytes;
      state.resources += resources;
      if (Date.now() - shown < everyMs) return;
      shown = Date.now();
      const percent = Math.floor((100 * state.bytes) / Math.max(state.total, 1));
      out.write(
        `  ${percent} % | ${counted(state.resources)} resources | ${counted(rateOf(state))}/s | ${counted(remaining(state))} s left\n`,
      );
    },
    say: (line) => {
      out.write(`${line}\n`);
    },
    end: () => undefined,
  };
}

export const progressOn = (out: Writable & { readonly isTTY?: boolean }): Progress => (out.isTTY === true ? bar(out) : lines(out));

export const silentProgress: Progress = { begin: () => undefined, advance: () => undefined, say: () => undefined, end: () => undefined };
