/** Tar archives for tests: entries as they are asked for, right or wrong. */
import { gzipSync } from 'node:zlib';

export interface TarMember {
  readonly path: string;
  readonly content?: string | Buffer;
  /** 0 = file, 5 = folder, 2 = link … */
  readonly kind?: string;
  /** The size that the header claims. */
  readonly size?: number;
}

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

function header({ path, content = '', kind = '0', size = Buffer.byteLength(content) }: TarMember): Buffer {
  const block = Buffer.alloc(512);
  block.write(path, 0, 100);
  block.write(octal(0o644, 8), 100);
  block.write(size >= 8 ** 11 ? '' : octal(size, 12), 124);
  if (size >= 8 ** 11) {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write(kind, 156);
  block.write('ustar\x0000', 257);
  block.write(' '.repeat(8), 148);
  block.write(
    octal(
      block.reduce((sum, byte) => sum + byte, 0),
      8,
    ),
    148,
  );
  return block;
}

const padding = (length: number): Buffer => Buffer.alloc((512 - (length % 512)) % 512);

const tarMember = (member: TarMember): Buffer[] => {
  const content = Buffer.from(member.content ?? '');
  return [header(member), content, padding(content.length)];
};

export const tarOf = (members: readonly TarMember[]): Buffer => Buffer.concat([...members.flatMap(tarMember), Buffer.alloc(1024)]);

/** A package as registries hand it out: names are those within the folder `package`. */
export const tgzOf = (files: Readonly<Record<string, unknown>>): Buffer =>
  gzipSync(
    tarOf(
      Object.entries(files).map(([name, content]) => ({
        path: `package/${name}`,
        content: typeof content === 'string' ? content : JSON.stringify(content),
      })),
    ),
  );
