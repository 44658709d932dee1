// The program under test: running it, keeping it, serving calls to it, and running tests that are code. The host calls `main`, then `turn` until nothing is left to
// do, then `end`, which says how it went. Nothing here decides about a value: that is the host's work, or that of another instance.
(function (guest) {
  'use strict';
  const { host, wire, define, require, missing, process, inspect } = guest;
  const GLOBAL = 0, MODULE = 1, FILE = 'program.js', TESTS = 'tests.js';
  const NAME = /^[A-Za-z_$][\w$]*$/;

  class CannotCross extends Error {}
  class Missing extends Error {}

  // --- how something ended ---
  let outcome = null;
  const finish = (...parts) => { outcome ??= parts; };

  function describe(error) {
    let kind = 'Error', message = '', line = 0;
    try {
      if (error instanceof Error) {
        kind = String(error.name);
        message = String(error.message);
        const at = /(?:program|tests)\.js:(\d+)/.exec(String(error.stack));
        line = at === null ? 0 : Number(at[1]);
      } else {
        kind = 'Uncaught';
        message = inspect(error);
      }
      // What this engine calls an internal error has other names elsewhere.
      if (kind === 'InternalError' && message === 'out of memory') kind = 'MemoryError';
      else if (kind === 'InternalError') kind = 'RangeError';
    } catch {
      // It does not want to be described.
    }
    return [kind, message.slice(0, 4096), line];
  }

  function ended(error) {
    const about = describe(error);
    if (error instanceof CannotCross) return finish('cannot_cross', error.message);
    if (error instanceof Missing) return finish('missing', error.message);
    if (typeof error === 'object' && error !== null && missing.has(error)) return finish('unavailable', missing.get(error));
    if (process.listenerCount('uncaughtException') > 0) {
      try { return void process.emit('uncaughtException', error); } catch (again) { error = again; }
    }
    try { host.write(2, `Uncaught ${inspect(error)}\n`); } catch { /* As above. */ }
    finish('failed', ...about);
  }

  // --- compiling ---
  const module = { exports: {}, id: '.', filename: '/program.js', loaded: false, children: [], paths: [], require };
  let namespace = null;

  // A function that runs the source as a CommonJS module, or null if it is one that imports or exports; throws what the compiler says.
  function compile(source, file) {
    try {
      return host.compile(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, file, GLOBAL);
    } catch (error) {
      try {
        host.compile(source, file, MODULE | 32);
      } catch (other) {
        throw /^\s*(import|export)\b/m.test(source) ? other : error;
      }
      return null;
    }
  }

  // A module's imports are looked for when it is compiled.
  function refused(error) {
    return missing.has(error) ? ended(error) : finish('uncompilable', ...describe(error));
  }

  const plain = (source) => (source.startsWith('#!') ? `//${source}` : source);

  function asModule(source, file, then) {
    const loading = host.compile(source, file, MODULE);
    loading.then((found) => { namespace = found; then?.(); }, ended);
  }

  function run(source) {
    let main;
    try { main = compile(source, FILE); } catch (error) { return refused(error); }
    if (main === null) return asModule(source, FILE);
    main.call(module.exports, module.exports, require, module, '/program.js', '/');
  }

  // As a script, whose names can be asked for afterwards.
  function load(source, file, then) {
    let main;
    try { main = compile(source, file); } catch (error) { return refused(error); }
    if (main === null) return asModule(source, file, then);
    host.compile(source, file, GLOBAL);
    then?.();
  }

  // --- names of the program ---
  const pristine = new Map();

  function own(name) {
    if (!NAME.test(name)) return undefined;
    let found;
    try { found = host.compile(`typeof ${name} === 'undefined' ? undefined : ${name}`, 'driver.js', GLOBAL); } catch { return undefined; }
    return pristine.has(name) && pristine.get(name) === found ? undefined : found;
  }

  function find(name) {
    const Solution = own('Solution') ?? namespace?.Solution ?? module.exports?.Solution;
    if (typeof Solution === 'function' && typeof Solution.prototype?.[name] === 'function') {
      const solution = new Solution();
      return Object.assign((...args) => solution[name](...args), { arity: solution[name].length });
    }
    const exported = module.exports;
    return own(name) ?? namespace?.[name] ?? (exported !== null && typeof exported === 'object' && Object.hasOwn(exported, name) ? exported[name] : undefined) ??
      namespace?.default?.[name] ?? (typeof exported === 'function' && exported.name === name ? exported : undefined) ??
      (typeof namespace?.default === 'function' && namespace.default.name === name ? namespace.default : undefined);
  }

  // --- serving ---
  // What other instances have handles of.
  const held = [], numbers = new Map();
  function hold(value) {
    if (!numbers.has(value)) numbers.set(value, held.push(value) - 1);
    return numbers.get(value);
  }

  function serve(message) {
    const [operation, target, name, payload] = wire.decode(message, (handle) => held[handle]);
    const subject = () => (typeof target === 'string' ? find(target) : target);
    switch (operation) {
      case 'entry': {
        const f = find(target);
        if (typeof f !== 'function') return finish('missing', target);
        const arity = f.arity ?? f.length;
        return answer(f, name.find((form) => form.length === arity) ?? name[0], null);
      }
      case 'names':
        return finish('value', wire.crossing(payload.map((asked) => { const found = find(asked); return found === undefined ? null : typeof found === 'function' ? 'function' : 'value'; })));
      case 'call':
        return answer(subject(), payload, hold);
      case 'construct':
        return answer((...args) => new (subject())(...args), payload, hold);
      case 'method':
        return answer((...args) => target[name](...args), payload, hold);
      case 'iterate':
        return answer(() => target[Symbol.iterator](), [], hold);
      case 'read':
        return answer(() => subject(), [], hold);
      case 'get':
        // What a method is called with follows; all else is there.
        return answer(() => (typeof target[name] === 'function' ? ['method'] : ['value', target[name]]), [], hold);
      case 'set':
        return answer(() => { target[name] = payload; }, [], hold);
    }
  }

  function answer(f, args, handles) {
    const done = (value) => finish('value', wire.crossing(value, handles), wire.crossing(args, handles));
    let result;
    try { result = f(...args); } catch (error) { return raised(error); }
    if (result instanceof Promise) result.then((value) => { try { done(value); } catch (error) { raised(error); } }, raised);
    else try { done(result); } catch (error) { raised(error); }
  }

  function raised(error) {
    if (typeof error === 'object' && error !== null && missing.has(error)) return finish('unavailable', missing.get(error));
    finish('raise', ...describe(error));
  }

  // --- tests ---
  // What stands here for what the program has: proxies by handle, and handles by proxy.
  const proxies = new Map(), handles = new WeakMap();

  // A value of the tests' own that is no data ends them, if they give it to a function that they name. What they do with an object of the program's is its doing:
  // it must not be able to end them.
  function ask(operation, target, name, payload) {
    const own = typeof target === 'string';
    const handleOf = (value) => {
      if (handles.has(value)) return handles.get(value);
      throw own ? new CannotCross(typeof value === 'function' ? 'function' : 'object') : new TypeError('an object of the program is no such thing');
    };
    const encoded = wire.encode([operation, target, name, payload], handleOf);
    if (encoded === null) throw new CannotCross('object');
    const reply = wire.decode(new Uint8Array(host.request(encoded.buffer)));
    switch (reply[0]) {
      case 'value': return [wire.arrived(reply[1], remote), reply.length > 2 ? wire.arrived(reply[2], remote) : null];
      case 'raise': throw exception(reply[1], reply[2]);
      case 'missing': throw new Missing(reply[1]);
    }
    throw new Error('the program did not answer');
  }

  function exception(kind, message) {
    const builtin = pristine.get(kind);
    const error = typeof builtin === 'function' && (builtin === Error || Error.isPrototypeOf(builtin)) ? new builtin(message) : new Error(message);
    if (error.name !== kind) define(error, 'name', kind);
    return error;
  }

  // What the program did to the arrays and objects that it was given is done to the caller's.
  function take(mine, theirs) {
    if (Array.isArray(mine) && Array.isArray(theirs)) {
      for (let i = 0; i < Math.min(mine.length, theirs.length); i++) {
        if (isData(mine[i]) && isData(theirs[i])) take(mine[i], theirs[i]);
        else mine[i] = theirs[i];
      }
      for (let i = mine.length; i < theirs.length; i++) mine[i] = theirs[i];
      mine.length = theirs.length;
    } else if (isData(mine) && isData(theirs) && !Array.isArray(mine) && !Array.isArray(theirs) && Object.getPrototypeOf(mine) === Object.prototype) {
      for (const key of Object.keys(mine)) if (!Object.hasOwn(theirs, key)) delete mine[key];
      for (const key of Object.keys(theirs)) if (isData(mine[key]) && isData(theirs[key])) take(mine[key], theirs[key]); else mine[key] = theirs[key];
    }
  }
  const isData = (value) => typeof value === 'object' && value !== null;

  function called(operation, target, name, args) {
    const [result, after] = ask(operation, target, name, args);
    if (Array.isArray(after)) take(args.map((arg) => (isData(arg) && !handles.has(arg) ? arg : null)), after);
    return result;
  }

  // A function of the program's, by its name, or anything that is no data, by its handle. What it says about itself is said here: it has no prototype, no text and
  // no number that could be made to look right, and it is never a promise.
  function remote(target) {
    if (typeof target === 'number' && proxies.has(target)) return proxies.get(target);
    const self = () => (typeof target === 'number' ? proxy : target);
    const proxy = new Proxy(function () {}, {
      apply: (_, __, args) => called('call', self(), '', args),
      construct: (_, args) => called('construct', self(), '', args),
      get(_, name) {
        if (name === Symbol.iterator && typeof target === 'number') return () => ask('iterate', proxy, '', null)[0];
        if (typeof name === 'symbol' || name === 'then' || name === 'constructor' || name === 'prototype') return undefined;
        if (name === 'toString' || name === 'valueOf' || name === 'toJSON') return () => '[object of the program]';
        if (typeof target === 'string') return undefined;
        const [found] = ask('get', proxy, name, null);
        return found[0] === 'method' ? (...args) => called('method', proxy, name, args) : found[1];
      },
      set: (_, name, value) => { if (typeof target === 'number' && typeof name === 'string') ask('set', proxy, name, value); return true; },
      getPrototypeOf: () => null,
    });
    if (typeof target === 'number') {
      proxies.set(target, proxy);
      handles.set(proxy, target);
    }
    return proxy;
  }

  function check(tests, entryPoint) {
    guest.assertionFailed = (args) => { throw new guest.assert.AssertionError(args.length > 0 ? guest.print(args) : 'Assertion failed'); };
    define(globalThis, 'assert', guest.assert);
    const words = new Set(tests.match(/[A-Za-z_$][\w$]*/g) ?? []);
    if (entryPoint !== '') words.add(entryPoint);
    const asked = [...words].filter((word) => !pristine.has(word) && word !== 'assert').slice(0, 10000);
    const [kinds] = ask('names', '', '', asked);
    asked.forEach((name, i) => {
      if (kinds[i] === 'function') define(globalThis, name, remote(name));
      else if (kinds[i] === 'value') define(globalThis, name, ask('read', name, '', null)[0]);
    });
    const candidate = entryPoint === '' ? null : globalThis[entryPoint];
    load(tests, TESTS, () => {
      if (entryPoint === '') return;
      if (typeof candidate !== 'function') throw new Missing(entryPoint);
      const checks = own('check');
      if (typeof checks !== 'function') throw new Error('the tests define no function `check`');
      const result = checks(candidate);
      if (result instanceof Promise) result.then(undefined, ended);
    });
  }

  // --- what the host calls ---
  guest.start = () => {
    outcome = null;
    const operation = host.input(0);
    try {
      switch (operation) {
        case 'run': return run(plain(host.input(1)));
        case 'load': return load(plain(host.input(1)), FILE);
        case 'check': return check(plain(host.input(1)), host.input(2));
        case 'serve': return serve(new Uint8Array(host.message()));
      }
    } catch (error) {
      ended(error);
    }
  };

  guest.step = () => {
    if (outcome !== null) return false;
    try { return guest.turn(); } catch (error) { ended(error); return false; }
  };

  guest.rejected = (reason) => ended(reason);

  guest.end = () => {
    if (host.input(0) === 'serve') {
      finish('raise', 'Error', 'the promise that the function returned is never settled', 0);
    } else if (outcome === null && host.input(0) !== 'load') {
      try { guest.leaving(); } catch (error) { ended(error); }
    }
    const status = guest.status();
    if (outcome === null) finish(...(status === 0 || host.input(0) === 'load' ? ['finished'] : ['exited', status]));
    host.answer(wire.message(outcome));
  };

  // --- the last things before the snapshot ---
  define(globalThis, 'require', require);
  define(globalThis, 'module', module);
  define(globalThis, 'exports', module.exports);
  define(globalThis, '__filename', '/program.js');
  define(globalThis, '__dirname', '/');
  define(require, 'main', module);
  for (const name of Object.getOwnPropertyNames(globalThis)) pristine.set(name, globalThis[name]);
  // As they run for the first time, functions take memory and property tables grow: better now than in each instance.
  wire.decode(new Uint8Array(wire.message(['', 1, new Uint8Array(1)])));
  wire.crossing([1, 'a', { a: [null, true, 1.5] }]);
  guest.print(['%d', 1, [1, 2]]);
  compile('1', FILE);
})
