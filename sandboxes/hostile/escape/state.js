// contained -> 1 correct
// Leaves marks everywhere and looks for those of an earlier run.
const places = [globalThis, Object.prototype, Array.prototype, Function.prototype, Promise, JSON, Math, process, console, require, require('fs'), process.stdout];
const found = places.filter((place) => Object.hasOwn(place, 'mark')).length;
for (const place of places) place.mark = 1;
process.env.MARK = '1';
require.cache.mark = 1;
console.log(found === 0 ? 'contained' : `escaped: ${found}`);
