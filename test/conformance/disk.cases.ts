import { beforeEach, describe, expect, it } from 'vitest';
import type { Disk } from '../../core/contracts/disk.js';

/** What every {@link Disk} must do. `folder` exists for as long as the test. */
export function diskCases(name: string, make: () => Promise<{ readonly disk: Disk; readonly folder: string }>): void {
  describe(`${name}, as a Disk`, () => {
    let disk: Disk;
    let folder: string;
    beforeEach(async () => { ({ disk, folder } = await make()); });
    const read = async (path: string): Promise<string | undefined> => (await disk.read(`${folder}/${path}`))?.toString();

    it('says undefined for a file that is not there, and lists a folder that is not there as empty', async () => {
      expect(await read('none')).toBeUndefined();
      expect(await read('none/none')).toBeUndefined();
      expect(await disk.list(`${folder}/none`)).toEqual(new Map());
    });

    it('replaces whole files, from one piece or many, and makes their folders', async () => {
      await disk.replace(`${folder}/a/b/file`, Buffer.from('one'));
      expect(await read('a/b/file')).toBe('one');
      await disk.replace(`${folder}/a/b/file`, [Buffer.from('two, '), Buffer.from('and '), Buffer.from('more')]);
      expect(await read('a/b/file')).toBe('two, and more');
    });

    it('keeps the old content when the new one cannot be made', async () => {
      await disk.replace(`${folder}/file`, Buffer.from('old'));
      const broken = async function* (): AsyncGenerator<Buffer> { yield Buffer.from('ne'); throw new Error('no more'); };
      await expect(disk.replace(`${folder}/file`, broken())).rejects.toThrow('no more');
      expect(await read('file')).toBe('old');
      expect([...(await disk.list(folder)).keys()]).toEqual(['file']);
    });

    it('lets concurrent replacements of one file win whole', async () => {
      const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(1000));
      await Promise.all(texts.map((text) => disk.replace(`${folder}/file`, Buffer.from(text))));
      expect(texts).toContain(await read('file'));
    });

    it('appends, also to what is there, and cuts', async () => {
      const file = await disk.append(`${folder}/sub/log`);
      await file.append(Buffer.from('one '));
      await file.append(Buffer.from('two '));
      await file.sync();
      await file.truncate(4);
      await file.append(Buffer.from('three'));
      await file.close();
      const again = await disk.append(`${folder}/sub/log`);
      await again.append(Buffer.from('!'));
      await again.close();
      expect(await read('sub/log')).toBe('one three!');
      expect(await disk.list(`${folder}/sub`)).toEqual(new Map([['log', 10]]));
    });

    it('renames over what is there', async () => {
      await disk.replace(`${folder}/a`, Buffer.from('a'));
      await disk.replace(`${folder}/b`, Buffer.from('b'));
      await disk.rename(`${folder}/a`, `${folder}/b`);
      expect([await read('a'), await read('b')]).toEqual([undefined, 'a']);
      await expect(disk.rename(`${folder}/none`, `${folder}/b`)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('removes files, folders, and nothing', async () => {
      await disk.replace(`${folder}/dir/a`, Buffer.from('a'));
      await disk.replace(`${folder}/dir/sub/b`, Buffer.from('b'));
      await disk.replace(`${folder}/dir2`, Buffer.from('c'));
      await disk.remove(`${folder}/dir`);
      await disk.remove(`${folder}/dir`);
      expect([await read('dir/a'), await read('dir/sub/b'), await read('dir2')]).toEqual([undefined, undefined, 'c']);
    });
  });
}
