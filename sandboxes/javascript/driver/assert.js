// The module `assert` of Node.js, as far as tests use it.
(function (guest) {
  'use strict';
  const { inspect } = guest;

  class AssertionError extends Error {
    constructor(options) {
      super(typeof options === 'string' ? options : options.message);
      Object.assign(this, { name: 'AssertionError', code: 'ERR_ASSERTION' }, typeof options === 'string' ? {} : options);
    }
  }

  function same(a, b, strict, pairs = []) {
    if (strict ? Object.is(a, b) : a == b || (a !== a && b !== b)) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (Array.isArray(a) !== Array.isArray(b) || ArrayBuffer.isView(a) !== ArrayBuffer.isView(b)) return false;
    if (pairs.some(([x, y]) => x === a && y === b)) return true;
    const below = [...pairs, [a, b]];
    const equal = (x, y) => same(x, y, strict, below);
    if (a instanceof Date || b instanceof Date) return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
    if (a instanceof RegExp || b instanceof RegExp) return String(a) === String(b);
    if (a instanceof Error || b instanceof Error) { if (!(a instanceof Error && b instanceof Error) || a.name !== b.name || a.message !== b.message) return false; }
    if (a instanceof guest.wire.Opaque || b instanceof guest.wire.Opaque) return false;
    if (a instanceof Set || b instanceof Set) {
      if (!(a instanceof Set && b instanceof Set) || a.size !== b.size) return false;
      for (const item of a) if (!b.has(item) && ![...b].some((other) => typeof other === 'object' && equal(item, other))) return false;
      return true;
    }
    if (a instanceof Map || b instanceof Map) {
      if (!(a instanceof Map && b instanceof Map) || a.size !== b.size) return false;
      for (const [key, item] of a) if (!b.has(key) || !equal(item, b.get(key))) return false;
      return true;
    }
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && (!Array.isArray(a) || a.length === b.length) && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
  }

  function fail(message, fallback, details = {}) {
    if (message instanceof Error) throw message;
    throw new AssertionError({ message: message ?? fallback, ...details });
  }

  const compare = (holds, words) => (actual, expected, message) => {
    if (!holds(actual, expected)) fail(message, `Expected values to be ${words}:\n\n${inspect(actual)}\n\nshould equal\n\n${inspect(expected)}`, { actual, expected });
  };

  function fits(error, expected) {
    if (expected === undefined || typeof expected === 'string') return true;
    if (expected instanceof RegExp) return expected.test(String(error));
    if (typeof expected === 'function') {
      if (expected.prototype !== undefined && error instanceof expected) return true;
      return !(expected === Error || Error.isPrototypeOf(expected)) && expected(error) === true;
    }
    return Object.keys(expected).every((key) => (expected[key] instanceof RegExp ? expected[key].test(error[key]) : same(error[key], expected[key], true)));
  }

  function build(strict) {
    const assert = (value, message) => { if (!value) fail(message, 'The expression evaluated to a falsy value', { actual: value, expected: true }); };
    const loose = (a, b) => a == b || (a !== a && b !== b);
    const deep = (strictly) => (a, b) => same(a, b, strictly);
    const not = (holds) => (a, b) => !holds(a, b);
    Object.assign(assert, {
      ok: (value, message) => assert(value, message),
      equal: compare(strict ? Object.is : loose, 'equal'),
      notEqual: compare(not(strict ? Object.is : loose), 'unequal'),
      strictEqual: compare(Object.is, 'strictly equal'),
      notStrictEqual: compare(not(Object.is), 'strictly unequal'),
      deepEqual: compare(deep(strict), 'deeply equal'),
      notDeepEqual: compare(not(deep(strict)), 'deeply unequal'),
      deepStrictEqual: compare(deep(true), 'strictly deep-equal'),
      notDeepStrictEqual: compare(not(deep(true)), 'not strictly deep-equal'),
      match: (text, pattern, message) => { if (!pattern.test(text)) fail(message, `${inspect(text)} does not match ${pattern}`); },
      doesNotMatch: (text, pattern, message) => { if (pattern.test(text)) fail(message, `${inspect(text)} matches ${pattern}`); },
      throws(run, expected, message) {
        let error;
        try { run(); } catch (caught) { if (fits(caught, expected)) return; error = caught; }
        if (error !== undefined) throw error;
        fail(typeof expected === 'string' ? expected : message, 'Missing expected exception.');
      },
      doesNotThrow(run) { run(); },
      async rejects(run, expected, message) {
        let error;
        try { await (typeof run === 'function' ? run() : run); } catch (caught) { if (fits(caught, expected)) return; error = caught; }
        if (error !== undefined) throw error;
        fail(typeof expected === 'string' ? expected : message, 'Missing expected rejection.');
      },
      async doesNotReject(run) { await (typeof run === 'function' ? run() : run); },
      fail: (message) => fail(message, 'Failed'),
      ifError(value) { if (value !== null && value !== undefined) throw value; },
      AssertionError,
      same,
    });
    return assert;
  }

  guest.assert = build(false);
  guest.assert.strict = build(true);
  guest.assert.strict.strict = guest.assert.strict;
})
