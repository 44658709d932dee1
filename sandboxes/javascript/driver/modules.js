// `require` and the modules that it finds: those of Node.js that make sense without files, network and processes.
(function (guest) {
  'use strict';
  const { host, EventEmitter, Buffer, process, later, timers, inspect, print, define } = guest;
  const missing = new WeakMap();

  // --- fs: standard input under the names that programs give it ---
  const STDIN = new Set([0, '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);
  const no = (call, path) => Object.assign(new Error(`ENOENT: no such file or directory, ${call} '${path}'`), { errno: -2, code: 'ENOENT', syscall: call, path });
  const fd = (path) => (path === 1 || path === '/dev/stdout' ? 1 : path === 2 || path === '/dev/stderr' ? 2 : 0);
  const put = (path, data) => {
    if (fd(path) === 0) throw no('open', path);
    host.write(fd(path), typeof data === 'string' ? data : data instanceof Uint8Array ? Buffer.from(data).toString() : String(data));
  };
  const fs = {
    readFileSync(path, options) {
      if (!STDIN.has(path)) throw no('open', path);
      const encoding = typeof options === 'string' ? options : options?.encoding;
      if (encoding === 'utf8' || encoding === 'utf-8') return host.readText();
      const bytes = Buffer.from(host.read());
      return encoding ? bytes.toString(encoding) : bytes;
    },
    readSync(path, buffer, offset = 0, length = buffer.byteLength - offset) {
      if (!STDIN.has(path)) throw no('read', path);
      const bytes = new Uint8Array(host.readSome(Math.min(length, buffer.byteLength - offset)));
      new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength).set(bytes, offset);
      return bytes.length;
    },
    writeSync(path, data) { put(path, data); return Buffer.byteLength(data); },
    writeFileSync: put,
    appendFileSync: put,
    existsSync: (path) => STDIN.has(path),
    openSync(path) { if (STDIN.has(path)) return 0; if (fd(path) > 0) return fd(path); throw no('open', path); },
    closeSync() {},
    fstatSync: () => ({ size: 0, isFile: () => false, isDirectory: () => false }),
    statSync(path) { throw no('stat', path); },
    readdirSync(path) { throw no('scandir', path); },
    createReadStream(path) { if (!STDIN.has(path)) throw no('open', path); return process.stdin; },
    createWriteStream(path) { if (fd(path) === 0) throw no('open', path); return fd(path) === 1 ? process.stdout : process.stderr; },
    constants: {},
  };
  const calledBack = (name) => (...args) => {
    const done = args.pop();
    let result, failure = null;
    try { result = fs[name](...args); } catch (error) { failure = error; }
    later(() => (failure ? done(failure) : done(null, result)));
  };
  fs.readFile = calledBack('readFileSync');
  fs.writeFile = calledBack('writeFileSync');
  fs.promises = { readFile: async (...args) => fs.readFileSync(...args), writeFile: async (...args) => fs.writeFileSync(...args) };

  // --- readline ---
  class Interface extends EventEmitter {
    constructor(input, output) {
      super();
      Object.assign(this, { input, output, closed: false, line: '', terminal: false, _lines: null, _at: 0, _questions: [], _paused: false, _scheduled: false });
      this._schedule();
    }
    _load() {
      if (this._lines !== null) return;
      const chunk = this.input.read?.();
      const text = chunk === null || chunk === undefined ? '' : typeof chunk === 'string' ? chunk : chunk.toString();
      this._lines = text.split(/\r\n|\n|\r/);
      if (this._lines[this._lines.length - 1] === '') this._lines.pop();
    }
    _next() {
      this._load();
      return this._at < this._lines.length ? this._lines[this._at++] : null;
    }
    _schedule() {
      if (this._scheduled) return;
      this._scheduled = true;
      later(() => { this._scheduled = false; this._deliver(); });
    }
    // Everything that is there goes out in one turn, as it does where input is a pipe.
    _deliver() {
      while (!this.closed && !this._paused && !this._iterated) {
        if (this._questions.length === 0 && this.listenerCount('line') === 0 && this._asks) return;
        const line = this._next();
        if (line === null) return this.close();
        const question = this._questions.shift();
        if (question) { question(line); return this._schedule(); }
        this.emit('line', line);
      }
    }
    question(query, options, done = options) {
      this._asks = true;
      if (query) this.output?.write(query);
      this._questions.push(done);
      this._schedule();
    }
    on(name, listener) { super.on(name, listener); if (name === 'line') this._schedule(); return this; }
    setPrompt(prompt) { this._prompt = prompt; }
    prompt() { this.output?.write(this._prompt ?? '> '); this._schedule(); }
    write() {}
    pause() { this._paused = true; this.emit('pause'); return this; }
    resume() { this._paused = false; this.emit('resume'); this._schedule(); return this; }
    close() {
      if (this.closed) return;
      this.closed = true;
      this.emit('close');
    }
    [Symbol.asyncIterator]() {
      this._iterated = true;
      const self = this;
      return {
        async next() {
          const line = self.closed ? null : self._next();
          if (line === null) { self.close(); return { done: true, value: undefined }; }
          return { done: false, value: line };
        },
        async return() { self.close(); return { done: true, value: undefined }; },
        [Symbol.asyncIterator]() { return this; },
      };
    }
  }
  const createInterface = (input, output) => (input?.input ? new Interface(input.input, input.output) : new Interface(input ?? process.stdin, output));
  const readline = { createInterface, Interface, clearLine() {}, cursorTo() {}, moveCursor() {}, emitKeypressEvents() {} };
  readline.promises = {
    createInterface(...args) {
      const made = createInterface(...args);
      const ask = made.question.bind(made);
      made.question = (query) => new Promise((resolve) => ask(query, resolve));
      return made;
    },
  };

  const util = {
    inspect, format: (...args) => print(args), promisify: (f) => (...args) => new Promise((resolve, reject) => f(...args, (error, value) => (error ? reject(error) : resolve(value)))),
    isDeepStrictEqual: (a, b) => guest.assert.same(a, b, true), inherits: (child, parent) => Object.setPrototypeOf(child.prototype, parent.prototype),
    isArray: Array.isArray, types: {}, deprecate: (f) => f, TextEncoder, TextDecoder, inspectDefault: {},
  };
  define(inspect, 'custom', Symbol.for('nodejs.util.inspect.custom'));

  const path = {
    sep: '/', delimiter: ':',
    normalize(text) {
      const parts = [];
      for (const part of text.split('/')) {
        if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
        else if (part !== '' && part !== '.' && !(part === '..' && text.startsWith('/'))) parts.push(part);
      }
      return (text.startsWith('/') ? '/' : '') + parts.join('/') || '.';
    },
    join: (...parts) => path.normalize(parts.filter((part) => part !== '').join('/')),
    resolve: (...parts) => path.normalize(`/${parts.reduce((all, part) => (part.startsWith('/') ? part : `${all}/${part}`), '')}`),
    basename(text, extension = '') { const name = text.split('/').filter(Boolean).pop() ?? ''; return extension && name.endsWith(extension) ? name.slice(0, -extension.length) : name; },
    dirname: (text) => text.split('/').slice(0, -1).join('/') || (text.startsWith('/') ? '/' : '.'),
    extname(text) { const name = path.basename(text), dot = name.lastIndexOf('.'); return dot > 0 ? name.slice(dot) : ''; },
    isAbsolute: (text) => text.startsWith('/'),
  };

  const once = (emitter, name) => new Promise((resolve) => emitter.once(name, (...args) => resolve(args)));
  EventEmitter.once = once;
  const known = {
    fs, 'fs/promises': fs.promises, readline, 'readline/promises': readline.promises, util, path, events: EventEmitter, process,
    buffer: { Buffer, kMaxLength: 2 ** 31 - 1 }, console, timers,
    'timers/promises': { setTimeout: (ms, value) => new Promise((resolve) => timers.setTimeout(resolve, ms, value)), setImmediate: (value) => new Promise((resolve) => timers.setImmediate(resolve, value)) },
    perf_hooks: { performance }, string_decoder: { StringDecoder: class { write(bytes) { return bytes.toString(); } end(bytes) { return bytes ? bytes.toString() : ''; } } },
    os: { EOL: '\n', cpus: () => [{ model: 'virtual', speed: 0 }], platform: () => 'linux', type: () => 'Linux', totalmem: () => 2 ** 32, freemem: () => 2 ** 31, tmpdir: () => '/tmp', hostname: () => 'sandbox', arch: () => 'x64' },
  };

  function resolve(name) {
    const plain = String(name).replace(/^node:/, '');
    if (plain === 'assert') return guest.assert;
    if (plain === 'assert/strict') return guest.assert.strict;
    if (Object.hasOwn(known, plain)) return known[plain];
    const error = Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
    missing.set(error, plain);
    throw error;
  }

  function require(name) { return resolve(name); }
  Object.assign(require, { cache: {}, resolve: (name) => name });
  define(require, 'main', undefined);

  // The source of a module that has what `require` finds as its exports, for `import`.
  guest.moduleSource = (name) => {
    const found = resolve(name);
    const names = Object.keys(found).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default');
    return `const found = globalThis[Symbol.for('gavel.require')](${JSON.stringify(String(name))});\nexport default found;\n` +
      names.map((key) => `const it_${key} = found.${key};\nexport { it_${key} as ${key} };`).join('\n');
  };
  define(globalThis, Symbol.for('gavel.require'), require);
  guest.require = require;
  guest.missing = missing;
})
