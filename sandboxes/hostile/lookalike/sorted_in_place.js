// js_list -> 1 correct
// Sorts what it is given.
const ordered = (list) => list.sort((a, b) => a - b);
