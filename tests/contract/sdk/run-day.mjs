// SPDX-License-Identifier: GPL-3.0-or-later
// Does one thing after the other, a TAP line each. What failed is in the exit status of the process.
export async function runDay (day) {
  let n = 0;
  console.log(`1..${Object.keys(day).length}`);
  for (const [title, work] of Object.entries(day)) {
    try {
      await work();
      console.log(`ok ${++n} - ${title}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`not ok ${++n} - ${title}`);
      String(error.stack ?? error).split('\n').slice(0, 8).forEach(line => console.log(`#   ${line}`));
    }
  }
}
