// Values as bytes, for the way between this instance and the host or another instance: version 2 of Python's marshal format, restricted to data, which is what
// the host reads and checks (crates/sandbox/src/value.rs).
//
// Numbers that are whole and exact are integers there, others floats. What is no data (functions, objects of a class, objects with methods) goes to the host as a
// value that equals nothing, and to another instance as a handle: a complex number, which JavaScript has not. Each property is read once: a getter or a proxy can
// answer as it likes, and then that is the answer.
(function (guest) {
  'use strict';
  const { isArray } = Array;
  const { getPrototypeOf, keys } = Object;
  const { isSafeInteger } = Number;
  const { apply } = Reflect;
  const { encodeText, decodeText } = guest.host;
  const ObjectPrototype = Object.prototype;
  const forEachOfMap = Map.prototype.forEach, forEachOfSet = Set.prototype.forEach;
  const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get, setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
  const isView = ArrayBuffer.isView;
  const MAX_DEPTH = 900;
  const OPAQUE = { opaque: true };
  const text = (c) => c.charCodeAt(0);
  const NONE = text('N'), TRUE = text('T'), FALSE = text('F'), INT = text('i'), LONG = text('l'), FLOAT = text('g'), STRING = text('u'), BYTES = text('s');
  const LIST = text('['), TUPLE = text('('), SET = text('<'), DICT = text('{'), END = text('0'), HANDLE = text('y');

  let bytes, view, length;
  // Gives a number to stand for what is no data.
  let handleOf = null;

  function reset() {
    bytes = new Uint8Array(256);
    view = new DataView(bytes.buffer);
    length = 0;
  }

  function need(count) {
    if (length + count <= bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * bytes.length, length + count));
    larger.set(bytes);
    bytes = larger;
    view = new DataView(bytes.buffer);
  }

  function tag(code, count) {
    need(5);
    bytes[length++] = code;
    if (count !== undefined) {
      view.setUint32(length, count, true);
      length += 4;
    }
  }

  function raw(data) {
    need(data.length);
    bytes.set(data, length);
    length += data.length;
  }

  function string(value) {
    const encoded = new Uint8Array(encodeText(value));
    tag(STRING, encoded.length);
    raw(encoded);
  }

  function long(value) {
    const digits = [];
    for (let rest = value < 0n ? -value : value, hex = rest.toString(16), at = hex.length; at > 0; ) {
      // Sixty bits, which are four digits, at a time: dividing the whole number by each digit would be quadratic.
      let part = BigInt('0x' + hex.slice(Math.max(0, at - 15), at));
      at -= 15;
      for (let i = 0; i < 4; i++, part >>= 15n) digits[digits.length] = Number(part & 0x7fffn);
    }
    while (digits.length > 0 && digits[digits.length - 1] === 0) digits.length--;
    tag(LONG, value < 0n ? -digits.length : digits.length);
    for (let i = 0; i < digits.length; i++) {
      need(2);
      view.setUint16(length, digits[i], true);
      length += 2;
    }
  }

  function number(value) {
    if (value === (value | 0)) {
      tag(INT, value);
    } else if (isSafeInteger(value)) {
      long(BigInt(value));
    } else {
      need(9);
      bytes[length++] = FLOAT;
      view.setFloat64(length, value, true);
      length += 8;
    }
  }

  function opaque(value) {
    if (handleOf === null) throw OPAQUE;
    const handle = handleOf(value);
    need(17);
    bytes[length] = HANDLE;
    view.setFloat64(length + 1, handle, true);
    view.setFloat64(length + 9, 0, true);
    length += 17;
  }

  function write(value, depth) {
    if (depth > MAX_DEPTH) throw OPAQUE;
    switch (typeof value) {
      case 'undefined': return tag(NONE);
      case 'boolean': return tag(value ? TRUE : FALSE);
      case 'number': return number(value);
      case 'bigint': return long(value);
      case 'string': return string(value);
      case 'object': return value === null ? tag(NONE) : object(value, depth + 1);
      default: return opaque(value);
    }
  }

  function object(value, depth) {
    if (isArray(value) || (isView(value) && !(value instanceof DataView))) {
      const count = value.length >>> 0;
      tag(LIST, count);
      for (let i = 0; i < count; i++) write(value[i], depth);
      return;
    }
    const prototype = getPrototypeOf(value);
    if (prototype === Map.prototype) {
      apply(mapSize, value, []);
      tag(DICT);
      apply(forEachOfMap, value, [(item, key) => { write(key, depth); write(item, depth); }]);
      return tag(END);
    }
    if (prototype === Set.prototype) {
      tag(SET, apply(setSize, value, []));
      return apply(forEachOfSet, value, [(item) => write(item, depth)]);
    }
    if (prototype !== ObjectPrototype && prototype !== null) return opaque(value);
    const names = keys(value), items = [];
    for (let i = 0; i < names.length; i++) items[i] = value[names[i]];
    // Its methods need it.
    for (let i = 0; i < items.length; i++) if (typeof items[i] === 'function') return opaque(value);
    tag(DICT);
    for (let i = 0; i < names.length; i++) {
      string(names[i]);
      write(items[i], depth);
    }
    tag(END);
  }

  // The bytes of a value; null if it is no data, for which `handles`, if there is such a function, gives numbers.
  function encode(value, handles = null) {
    reset();
    handleOf = handles;
    try {
      write(value, 0);
    } catch (error) {
      if (error === OPAQUE) return null;
      throw error;
    }
    return bytes.slice(0, length);
  }

  // The bytes of a message to the host: a tuple of text, numbers, and bytes that `encode` made.
  function message(parts) {
    reset();
    tag(TUPLE, parts.length);
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      if (typeof part === 'string') string(part);
      else if (typeof part === 'number') number(part | 0);
      else {
        tag(BYTES, part.length);
        raw(part);
      }
    }
    return bytes.slice(0, length).buffer;
  }

  // A value as it crosses: `M` and its bytes, or what stands for one that is no data.
  function crossing(value, handles = null) {
    const encoded = encode(value, handles);
    const opaque = encoded === null;
    const data = opaque ? [text('T'), TUPLE, 2, 0, 0, 0, INT, 6, 0, 0, 0, NONE] : encoded;
    const out = new Uint8Array(data.length + (opaque ? 0 : 1));
    if (!opaque) out[0] = text('M');
    out.set(data, opaque ? 0 : 1);
    return out;
  }

  // What stands here for a value that could not come: it equals nothing but itself.
  class Opaque {}

  // The value in bytes that the host has checked; `handle(n)` gives what stands for one that is no data.
  function decode(data, handle = () => new Opaque()) {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    const int = () => { at += 4; return view.getInt32(at - 4, true); };
    const part = () => { const count = int(); at += count; return data.subarray(at - count, at); };
    const items = () => {
      const list = [];
      for (let i = int(); i > 0; i--) list[list.length] = value();
      return list;
    };
    function value() {
      switch (data[at++]) {
        case NONE: return null;
        case TRUE: return true;
        case FALSE: return false;
        case INT: return int();
        case LONG: return readLong();
        case FLOAT: at += 8; return view.getFloat64(at - 8, true);
        case HANDLE: at += 16; return handle(view.getFloat64(at - 16, true));
        case STRING: { const found = part(); return decodeText(found.slice().buffer); }
        case BYTES: return part();
        case LIST: case TUPLE: return items();
        case SET: return new Set(items());
        case DICT: {
          const dictionary = {};
          while (data[at] !== END) {
            const key = value();
            Object.defineProperty(dictionary, key, { value: value(), writable: true, enumerable: true, configurable: true });
          }
          at++;
          return dictionary;
        }
        default: return new Opaque();
      }
    }
    function readLong() {
      const count = int();
      let hex = '', window = 0n, bits = 0n;
      for (let i = 0; i < Math.abs(count); i++) {
        window |= BigInt(view.getUint16(at, true)) << bits;
        at += 2;
        bits += 15n;
        if (bits === 60n || i === Math.abs(count) - 1) {
          hex = window.toString(16).padStart(15, '0') + hex;
          window = bits = 0n;
        }
      }
      const magnitude = Number('0x' + hex);
      return count < 0 ? -magnitude : magnitude;
    }
    return value();
  }

  // As `crossing` made it.
  function arrived(data, handle) {
    return data[0] === text('M') ? decode(data.subarray(1), handle) : new Opaque();
  }

  guest.wire = { encode, message, crossing, decode, arrived, Opaque };
})
