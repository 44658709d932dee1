// What a program finds around it that the language does not have: console, process, timers, Buffer, text encoders. One thread, a virtual clock, no environment.
(function (guest) {
  'use strict';
  const { host, print, inspect } = guest;
  const define = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });

  // --- events, as Node.js has them ---
  class EventEmitter {
    on(name, listener) {
      const listeners = (this._events ??= new Map());
      if (!listeners.has(name)) listeners.set(name, []);
      listeners.get(name).push({ listener, once: false });
      this._added?.(name);
      return this;
    }
    once(name, listener) {
      this.on(name, listener);
      const list = this._events.get(name);
      list[list.length - 1].once = true;
      return this;
    }
    off(name, listener) {
      const list = this._events?.get(name);
      if (list) this._events.set(name, list.filter((entry) => entry.listener !== listener));
      return this;
    }
    emit(name, ...args) {
      const list = this._events?.get(name) ?? [];
      if (name === 'error' && list.length === 0) throw args[0];
      for (const entry of [...list]) {
        if (entry.once) this.off(name, entry.listener);
        entry.listener.apply(this, args);
      }
      return list.length > 0;
    }
    removeAllListeners(name) {
      if (name === undefined) this._events = new Map();
      else this._events?.delete(name);
      return this;
    }
    listenerCount(name) { return this._events?.get(name)?.length ?? 0; }
    listeners(name) { return (this._events?.get(name) ?? []).map((entry) => entry.listener); }
    setMaxListeners() { return this; }
  }
  Object.assign(EventEmitter.prototype, { addListener: EventEmitter.prototype.on, removeListener: EventEmitter.prototype.off });
  EventEmitter.EventEmitter = EventEmitter;

  // --- the event loop: what runs after the program's top level ---
  const ready = [], timers = new Map();
  let readyAt = 0, timerNumber = 0, order = 0;
  const later = (task) => { ready.push(task); };

  class Timeout {
    constructor(number) { this._number = number; }
    ref() { return this; }
    unref() { timers.delete(this._number); return this; }
    hasRef() { return timers.has(this._number); }
    refresh() { return this; }
    [Symbol.toPrimitive]() { return this._number; }
  }

  function start(callback, delay, args, repeats) {
    if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
    const ms = delay >= 1 && delay <= 2 ** 31 - 1 ? Math.trunc(delay) : 1;
    const number = ++timerNumber;
    timers.set(number, { due: host.now() + ms, order: order++, callback, args, ms, repeats });
    return new Timeout(number);
  }

  function clear(timer) {
    if (timer !== null && timer !== undefined) timers.delete(typeof timer === 'object' ? timer._number : Number(timer));
  }

  // One turn: false when nothing is left to do.
  guest.turn = () => {
    if (readyAt < ready.length) {
      const task = ready[readyAt];
      ready[readyAt++] = undefined;
      if (readyAt === ready.length) { ready.length = 0; readyAt = 0; }
      task();
      return true;
    }
    let next = null, number = 0;
    for (const [key, timer] of timers) {
      if (next === null || timer.due < next.due || (timer.due === next.due && timer.order < next.order)) [next, number] = [timer, key];
    }
    if (next === null) return false;
    const wait = next.due - host.now();
    if (wait > 0) host.sleep(wait);
    if (next.repeats) {
      next.due = Math.max(next.due + next.ms, host.now());
      next.order = order++;
    } else {
      timers.delete(number);
    }
    next.callback(...next.args);
    return true;
  };

  const global = {
    setTimeout: (callback, delay, ...args) => start(callback, delay, args, false),
    setInterval: (callback, delay, ...args) => start(callback, delay, args, true),
    setImmediate: (callback, ...args) => { const task = { callback }; later(() => task.callback?.(...args)); return task; },
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: (task) => { if (task) task.callback = undefined; },
  };

  // --- bytes and text ---
  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value === 'string') return Buffer.of_(encodeAs(value, encoding));
      if (value instanceof ArrayBuffer) return new Buffer(value);
      return Buffer.of_(Uint8Array.from(value));
    }
    static of_(bytes) { return new Buffer(bytes.buffer, bytes.byteOffset, bytes.length); }
    static alloc(size, fill = 0) { return new Buffer(size).fill(fill); }
    static allocUnsafe(size) { return new Buffer(size); }
    static isBuffer(value) { return value instanceof Buffer; }
    static byteLength(value) { return typeof value === 'string' ? host.encodeText(value).byteLength : value.byteLength; }
    static concat(list) {
      const all = new Buffer(list.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of list) { all.set(part, at); at += part.length; }
      return all;
    }
    toString(encoding = 'utf8', start = 0, end = this.length) {
      const part = this.slice(start, end);
      switch (encoding) {
        case 'hex': return Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join('');
        case 'base64': return btoa(Array.from(part, (byte) => String.fromCharCode(byte)).join(''));
        case 'latin1': case 'binary': case 'ascii': {
          let out = '';
          for (let i = 0; i < part.length; i++) out += String.fromCharCode(encoding === 'ascii' ? part[i] & 127 : part[i]);
          return out;
        }
        default: return host.decodeText(part.buffer.byteLength === part.length ? part.buffer : part.buffer.slice(part.byteOffset, part.byteOffset + part.length));
      }
    }
    toJSON() { return { type: 'Buffer', data: Array.from(this) }; }
    equals(other) { return this.length === other.length && this.every((byte, i) => byte === other[i]); }
    write(text, at = 0) { const bytes = new Uint8Array(host.encodeText(text)); this.set(bytes.subarray(0, this.length - at), at); return bytes.length; }
    readUInt8(at = 0) { return this[at]; }
  }

  function encodeAs(text, encoding = 'utf8') {
    switch (encoding) {
      case 'hex': return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
      case 'base64': return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
      case 'latin1': case 'binary': return Uint8Array.from(text, (c) => c.charCodeAt(0));
      default: return new Uint8Array(host.encodeText(text));
    }
  }

  global.Buffer = Buffer;
  global.TextEncoder = class TextEncoder {
    get encoding() { return 'utf-8'; }
    encode(text = '') { return new Uint8Array(host.encodeText(String(text))); }
  };
  global.TextDecoder = class TextDecoder {
    get encoding() { return 'utf-8'; }
    decode(bytes) { return bytes === undefined ? '' : Buffer.from(bytes).toString(); }
  };

  // --- streams ---
  const asText = (chunk) => typeof chunk === 'string' ? chunk : chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : null;

  class Output extends EventEmitter {
    constructor(fd) { super(); Object.assign(this, { fd, isTTY: false, writable: true, columns: 80 }); }
    write(chunk, encoding, done) {
      const text = asText(chunk);
      if (text === null) throw new TypeError('The "chunk" argument must be of type string or an instance of Buffer or Uint8Array.');
      host.write(this.fd, text);
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') later(callback);
      return true;
    }
    end(chunk) { if (chunk !== undefined) this.write(chunk); later(() => this.emit('finish')); return this; }
    cork() {}
    uncork() {}
  }

  // Standard input is whole from the start. It begins to flow when somebody listens.
  class Input extends EventEmitter {
    constructor() { super(); Object.assign(this, { fd: 0, isTTY: false, readable: true, _flowing: false, _encoding: null, _rest: null, _ended: false, _paused: false }); }
    setEncoding(encoding) { this._encoding = encoding ?? 'utf8'; return this; }
    _take() {
      const bytes = Buffer.from(host.read());
      return bytes.length === 0 ? null : this._encoding === null ? bytes : bytes.toString(this._encoding);
    }
    read() {
      const chunk = this._rest ?? this._take();
      this._rest = null;
      if (chunk === null && !this._ended) { this._ended = true; later(() => this.emit('end')); later(() => this.emit('close')); }
      return chunk;
    }
    _added(name) {
      if (name === 'data' && !this._flowing) this.resume();
      if (name === 'readable') { later(() => this.emit('readable')); later(() => this.emit('readable')); }
    }
    resume() {
      this._paused = false;
      if (this._flowing) return this;
      this._flowing = true;
      later(() => {
        this._flowing = false;
        if (this._paused || this._ended) return;
        const chunk = this._rest ?? this._take();
        this._rest = null;
        if (chunk !== null) this.emit('data', chunk);
        if (this._paused) return;
        this._ended = true;
        this.emit('end');
        this.emit('close');
      });
      return this;
    }
    pause() { this._paused = true; return this; }
    unref() { return this; }
    ref() { return this; }
    destroy() { this._ended = true; return this; }
    pipe(target) { this.on('data', (chunk) => target.write(chunk)); this.on('end', () => target !== process.stdout && target.end?.()); return target; }
    async *[Symbol.asyncIterator]() {
      for (let chunk = this.read(); chunk !== null; chunk = this.read()) yield chunk;
    }
  }

  // --- process ---
  const started = host.now();
  const process = new EventEmitter();
  const { exit } = host;
  Object.assign(process, {
    stdin: new Input(), stdout: new Output(1), stderr: new Output(2),
    argv: ['/usr/bin/node', '/program.js'], argv0: 'node', execArgv: [], execPath: '/usr/bin/node', env: {}, exitCode: undefined,
    pid: 1, ppid: 0, title: 'node', platform: 'linux', arch: 'x64', version: 'v22.0.0', versions: { node: '22.0.0' }, release: { name: 'node' }, config: {}, features: {},
    exit(code) {
      if (code !== undefined) process.exitCode = code;
      guest.leaving();
      exit(guest.status());
    },
    abort() { exit(134); },
    nextTick: (callback, ...args) => queueMicrotask(() => callback(...args)),
    hrtime: Object.assign((since) => {
      const ns = Math.round(host.now() * 1e6);
      const time = [Math.floor(ns / 1e9), ns % 1e9];
      if (since === undefined) return time;
      const borrow = time[1] < since[1] ? 1 : 0;
      return [time[0] - since[0] - borrow, time[1] - since[1] + borrow * 1e9];
    }, { bigint: () => BigInt(Math.round(host.now() * 1e6)) }),
    uptime: () => (host.now() - started) / 1000,
    memoryUsage: Object.assign(() => ({ rss: 64 << 20, heapTotal: 32 << 20, heapUsed: 16 << 20, external: 0, arrayBuffers: 0 }), { rss: () => 64 << 20 }),
    cpuUsage: () => ({ user: Math.round(host.now() * 1000), system: 0 }),
    cwd: () => '/', chdir() {}, umask: () => 18, emitWarning() {}, setUncaughtExceptionCaptureCallback() {},
  });
  define(process, Symbol.toStringTag, 'process');
  global.process = process;

  let left = false;
  // What an exit does before the end: listeners, once.
  guest.leaving = () => {
    if (left) return;
    left = true;
    process.emit('exit', guest.status());
  };
  guest.status = () => (Number(process.exitCode ?? 0) | 0) & 255;

  // --- console ---
  const counts = new Map(), times = new Map();
  let indent = '';
  const { write } = host;
  const line = (fd, args) => {
    // Most calls are of this kind, and many of them are a program's time.
    if (args.length === 1 && indent === '' && (typeof args[0] === 'string' || (typeof args[0] === 'number' && args[0] !== 0))) return write(fd, args[0] + '\n');
    const text = print(args);
    host.write(fd, `${indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`)}\n`);
  };
  const out = (...args) => line(1, args), err = (...args) => line(2, args);
  const elapsed = (label) => `${label}: ${(host.now() - (times.get(label) ?? host.now())).toFixed(3)}ms`;
  global.console = {
    log: out, info: out, debug: out, error: err, warn: err,
    trace: (...args) => err('Trace:', ...args),
    dir: (value, options) => line(1, [inspect(value, options)]),
    dirxml: out,
    table: (rows) => out(rows),
    assert: (condition, ...args) => { if (!condition) guest.assertionFailed(args); },
    count: (label = 'default') => { counts.set(label, (counts.get(label) ?? 0) + 1); out(`${label}: ${counts.get(label)}`); },
    countReset: (label = 'default') => { counts.delete(label); },
    group: (...args) => { if (args.length > 0) out(...args); indent += '  '; },
    groupCollapsed: (...args) => global.console.group(...args),
    groupEnd: () => { indent = indent.slice(2); },
    time: (label = 'default') => { times.set(label, host.now()); },
    timeLog: (label = 'default', ...args) => out(elapsed(label), ...args),
    timeEnd: (label = 'default') => { out(elapsed(label)); times.delete(label); },
    clear() {},
  };
  // In a program a failed assertion of the console's is a line on standard error; tests see to it that it is more.
  guest.assertionFailed = (args) => err(`Assertion failed${args.length > 0 ? ':' : ''}`, ...args);

  global.structuredClone = (value) => clone(value, new Map());
  function clone(value, seen) {
    if (typeof value === 'function' || typeof value === 'symbol') throw new DOMException('could not be cloned', 'DataCloneError');
    if (value === null || typeof value !== 'object') return value;
    if (seen.has(value)) return seen.get(value);
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value);
    if (ArrayBuffer.isView(value)) return value.slice();
    const copy = Array.isArray(value) ? new Array(value.length) : value instanceof Map ? new Map() : value instanceof Set ? new Set() : value instanceof Error ? new value.constructor(value.message) : {};
    seen.set(value, copy);
    if (value instanceof Map) for (const [key, item] of value) copy.set(clone(key, seen), clone(item, seen));
    else if (value instanceof Set) for (const item of value) copy.add(clone(item, seen));
    else for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  }

  // The engine's own counts from when the driver was loaded.
  global.performance = { now: () => host.now(), timeOrigin: 1767225600000, mark() {}, measure() {}, toJSON() { return {}; } };

  for (const name of Object.keys(global)) define(globalThis, name, global[name]);
  define(globalThis, 'global', globalThis);
  Object.assign(guest, { EventEmitter, Buffer, process, later, timers: global, define });
})
