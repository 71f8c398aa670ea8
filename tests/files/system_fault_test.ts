import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../lib/files/list_files.ts";
import { readBytes, readText, readTextNow, removeFile } from "../../lib/files/read_file.ts";
import { reading, readingNow, writing, writingNow } from "../../lib/files/system_fault.ts";
import { writeWholeFile } from "../../lib/files/write_whole_file.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** An error as Deno throws it. */
function systemError(code: string): Error {
  return Object.assign(new Error(`something (os error 1): writefile '/x'`), { code });
}

Deno.test("a file that cannot be read is named with why and what to do", () =>
  withFolder(async (folder) => {
    const path = (name: string) => join(folder, name);
    await Deno.writeTextFile(path("file"), "x");
    await Deno.mkdir(path("folder"));
    await Deno.symlink(path("one"), path("other"));
    await Deno.symlink(path("other"), path("one"));
    for (
      const [name, message] of [
        ["one", /one cannot be read: its symbolic links lead in a circle; remove them$/],
        [
          "folder",
          /folder cannot be read: it is a folder, not a file; move it away, or give a file$/,
        ],
        ["file/x", /file\/x cannot be read: a file stands where a folder of its path should be; /],
        [
          "n".repeat(300),
          /\/n{80}… cannot be read: its name is too long for the disk; shorten it$/,
        ],
        ["a\0b", /a�b cannot be read: its name has a character that no name may have; give/],
      ] as const
    ) {
      await throwsError(() => readText(path(name)), message);
      await throwsError(() => readBytes(path(name)), message);
      await throwsError(() => readTextNow(path(name)), message);
    }
    await throwsError(() => listFiles(path("one")), /one cannot be read: its symbolic links/);
    await assert.rejects(readText(path("none")), Deno.errors.NotFound);
    assert.throws(() => readTextNow(path("none")), Deno.errors.NotFound);
  }));

Deno.test("what this program was not allowed to do is named with the flag that allows it", async () => {
  for (
    const [message, what, advice] of [
      ['Requires read access to "x"', "read", "start Deno with --allow-read for that path"],
      ['Requires read access to "x"', "written", "start Deno with --allow-read for that path"],
      ['Requires write access to "x"', "written", "start Deno with --allow-write for that path"],
    ] as const
  ) {
    const refused = () => Promise.reject(new Deno.errors.NotCapable(message));
    const expected = new RegExp(
      `^x cannot be ${what}: this program was not allowed to; ${advice}$`,
    );
    await throwsError(() => (what === "read" ? reading : writing)("x", refused), expected);
  }
});

Deno.test("a file that cannot be written is named with why and what to do, and nothing of it stays", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "x");
    await Deno.mkdir(join(folder, "full", "inside"), { recursive: true });
    const write = (name: string) => () => writeWholeFile(join(folder, name), "y");
    await throwsError(
      write("file/x"),
      /file\/x cannot be written: a file is in the way; move it away/,
    );
    await throwsError(write("full"), /full cannot be written: it is a folder, not a file; move it/);
    await throwsError(write("n".repeat(300)), /n{80}… cannot be written: its name is too long for/);
    await throwsError(
      () => removeFile(join(folder, "full")),
      /full cannot be written: the folder is not empty; move what is in it away$/,
    );
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "file",
      "full",
    ]);
  }));

Deno.test("a disk that is full is said to be", () =>
  withFolder(async (folder) => {
    const { writeFile } = Deno;
    Deno.writeFile = () => Promise.reject(systemError("ENOSPC"));
    try {
      await throwsError(
        () => writeWholeFile(join(folder, "E.csv"), "x"),
        /E\.csv cannot be written: the disk is full; make room and start again$/,
      );
    } finally {
      Deno.writeFile = writeFile;
    }
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("every refusal of the system gets a sentence, and other errors stay as they are", async () => {
  const codes = "EACCES EBUSY EDQUOT EEXIST EFBIG EIO EMFILE ENFILE EPERM EROFS ETXTBSY".split(" ");
  for (const code of codes) {
    const fails = () => {
      throw systemError(code);
    };
    await throwsError(() => reading("a/b", fails), /^a\/b cannot be read: [^:]+; [^:]+$/);
    await throwsError(() => readingNow("a/b", fails), /^a\/b cannot be read: [^:]+; [^:]+$/);
    await throwsError(() => writing("a/b", fails), /^a\/b cannot be written: [^:]+; [^:]+$/);
    await throwsError(() => writingNow("a/b", fails), /^a\/b cannot be written: [^:]+; [^:]+$/);
  }
  const own = new Error("mine");
  await assert.rejects(reading("a", () => Promise.reject(own)), own);
});
