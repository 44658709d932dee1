// How values are printed: `console.log` and `util.inspect` as Node.js documents them (https://nodejs.org/docs/latest-v22.x/api/util.html), without colours.
(function (guest) {
  'use strict';
  const BREAK = 80, LONGEST = 100, KEY = /^[A-Za-z_$][\w$]*$/;

  function quote(text) {
    const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
    const escapes = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\' };
    let out = mark;
    for (const c of text) {
      const code = c.codePointAt(0);
      if (c === mark) out += '\\' + c;
      else if (escapes[c] !== undefined) out += escapes[c];
      else if (code < 32 || code === 127) out += '\\x' + code.toString(16).toUpperCase().padStart(2, '0');
      else out += c;
    }
    return out + mark;
  }

  function primitive(value, top) {
    if (typeof value === 'string') return top ? value : quote(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (Object.is(value, -0)) return '-0';
    return String(value);
  }

  function nameOf(value) {
    for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
      const own = Object.getOwnPropertyDescriptor(at, 'constructor');
      if (own !== undefined && typeof own.value === 'function' && own.value.name !== '') return own.value.name;
    }
    return null;
  }

  function inspect(value, options = {}) {
    if (typeof options === 'boolean') options = { showHidden: options };
    const depth = options.depth === null ? Infinity : options.depth ?? 2;
    return format(value, { depth, seen: [], indent: 0, level: 0, last: { level: 0 }, breakLength: options.breakLength ?? BREAK });
  }

  function format(value, state) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return primitive(value, false);
    if (state.seen.includes(value)) return '[Circular *1]';
    if (value instanceof Error) return errorText(value, state);
    const name = nameOf(value);
    const own = Object.keys(value).filter((key) => !(Array.isArray(value) || ArrayBuffer.isView(value)) || !/^\d+$/.test(key));
    let base = '', prefix = name === null ? '[Object: null prototype] ' : name === 'Object' ? '' : `${name} `, braces = ['{', '}'], list = null;
    if (Array.isArray(value)) {
      [braces, list, prefix] = [['[', ']'], value, name === 'Array' ? '' : `${name}(${value.length}) `];
    } else if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      [braces, list, prefix] = [['[', ']'], value, `${name}(${value.length}) `];
    } else if (value instanceof Set || value instanceof Map) {
      prefix = `${name}(${value.size}) `;
    } else if (typeof value === 'function') {
      const isClass = /^class\b/.test(Function.prototype.toString.call(value));
      base = isClass ? `[class ${value.name || '(anonymous)'}]` : `[Function${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
    } else if (value instanceof Date) {
      base = Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    } else if (value instanceof RegExp) {
      base = String(value);
    } else if (value instanceof Number || value instanceof String || value instanceof Boolean) {
      base = `[${name}: ${primitive(value.valueOf(), false)}]`;
    } else if (value instanceof Promise) {
      prefix = 'Promise ';
    }
    if (base !== '' && own.length === 0) return base;
    const size = list !== null ? list.length : value instanceof Set || value instanceof Map ? value.size : 0;
    if (base === '' && size === 0 && own.length === 0 && Object.getOwnPropertySymbols(value).length === 0) {
      return value instanceof Promise ? 'Promise { <pending> }' : `${prefix}${braces[0]}${braces[1]}`;
    }
    if (state.level > state.depth) return Array.isArray(value) ? '[Array]' : `[${name === null ? 'Object: null prototype' : name}]`;
    const inner = { ...state, seen: [...state.seen, value], indent: state.indent + 2, level: state.level + 1 };
    const output = [];
    // Of the values formatted so far the last one that has entries: how deep it is decides below.
    state.last.level = state.level;
    if (list !== null) items(list, output, inner);
    else if (value instanceof Set) for (const item of value) output.push(format(item, inner));
    else if (value instanceof Map) for (const [key, item] of value) output.push(`${format(key, inner)} => ${format(item, inner)}`);
    for (const key of own) output.push(property(value, key, inner));
    for (const key of Object.getOwnPropertySymbols(value)) {
      if (Object.getOwnPropertyDescriptor(value, key).enumerable) output.push(`[${String(key)}]: ${format(value[key], inner)}`);
    }
    const opening = base === '' ? `${prefix}${braces[0]}` : `{ ${base}`;
    return join(output, base === '' ? opening : `{`, braces[1], base, list, inner, state);
  }

  function items(list, output, state) {
    let holes = 0;
    const flush = () => { if (holes > 0) output.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`); holes = 0; };
    const shown = Math.min(list.length, LONGEST);
    for (let i = 0; i < shown; i++) {
      if (i in list) { flush(); output.push(format(list[i], state)); } else holes++;
    }
    flush();
    if (list.length > shown) output.push(`... ${list.length - shown} more item${list.length - shown > 1 ? 's' : ''}`);
  }

  function property(value, key, state) {
    const { get, set } = Object.getOwnPropertyDescriptor(value, key);
    const shown = get && set ? '[Getter/Setter]' : get ? '[Getter]' : set ? '[Setter]' : format(value[key], state);
    return `${KEY.test(key) ? key : quote(key)}: ${shown}`;
  }

  // On one line where it is short and not deep, in columns for long arrays, else one entry a line.
  function join(output, opening, closing, base, list, inner, state) {
    let entries = output;
    if (list !== null && output.length > 6) entries = columns(output, list, inner);
    const start = output.length + state.indent + opening.length + base.length + 10;
    if (entries.length === output.length) {
      const total = output.reduce((sum, entry) => sum + entry.length, output.length + start);
      const nested = output.some((entry) => entry.includes('\n'));
      if (total <= inner.breakLength && !nested && inner.last.level - state.level < 3) {
        return `${opening} ${base ? `${base} ` : ''}${output.join(', ')} ${closing}`;
      }
    }
    const indent = `\n${' '.repeat(state.indent)}`;
    return `${opening}${base ? ` ${base}` : ''}${indent}  ${entries.join(`,${indent}  `)}${indent}${closing}`;
  }

  function columns(output, list, state) {
    const extra = list.length > LONGEST ? 1 : 0, count = output.length - extra;
    let total = 0, longest = 0;
    const lengths = [];
    for (let i = 0; i < count; i++) {
      lengths.push(output[i].length);
      total += output[i].length + 2;
      longest = Math.max(longest, output[i].length);
    }
    const width = longest + 2;
    if (width * 3 + state.indent >= state.breakLength || (total / width <= 5 && longest > 6)) return output;
    const average = Math.sqrt(width - total / output.length), biasedMax = Math.max(width - 3 - average, 1);
    const perRow = Math.min(Math.round(Math.sqrt(2.5 * biasedMax * count) / biasedMax), Math.floor((state.breakLength - state.indent) / width), 12, 15);
    if (perRow <= 1) return output;
    const widths = [];
    for (let column = 0; column < perRow; column++) {
      let widest = 0;
      for (let i = column; i < count; i += perRow) widest = Math.max(widest, lengths[i]);
      widths.push(widest + 2);
    }
    const numbers = Array.prototype.every.call(list, (item) => typeof item === 'number' || typeof item === 'bigint');
    const rows = [];
    for (let i = 0; i < count; i += perRow) {
      const last = Math.min(i + perRow, count), cells = [];
      for (let j = i; j < last - 1; j++) {
        const cell = `${output[j]}, `;
        cells.push(numbers ? cell.padStart(widths[j - i]) : cell.padEnd(widths[j - i]));
      }
      cells.push(numbers ? output[last - 1].padStart(widths[last - 1 - i] - 2) : output[last - 1]);
      rows.push(cells.join(''));
    }
    if (extra) rows.push(output[count]);
    return rows;
  }

  function errorText(error, state) {
    const head = `${error.name}${error.message ? `: ${error.message}` : ''}`;
    const stack = typeof error.stack === 'string' && error.stack !== '' ? `\n${error.stack.trimEnd()}` : '';
    return state.level === 0 ? head + stack : `[${head}]`;
  }

  function one(value) {
    return value === null || (typeof value !== 'object' && typeof value !== 'function') ? primitive(value, true) : inspect(value);
  }

  // As `util.format`.
  function print(args) {
    let at = 0, out = '';
    if (typeof args[0] === 'string' && args.length > 1) {
      at = 1;
      out = args[0].replace(/%([sdifjoOc%])/g, (directive, kind) => {
        if (kind === '%') return '%';
        if (at >= args.length) return directive;
        const value = args[at++];
        switch (kind) {
          case 's': return typeof value === 'object' && value !== null ? inspect(value, { depth: 0 }) : primitive(value, true);
          case 'd': return typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : primitive(Number(value), true);
          case 'i': return typeof value === 'bigint' ? `${value}n` : String(parseInt(value, 10));
          case 'f': return String(parseFloat(value));
          case 'j': return JSON.stringify(value);
          case 'c': return '';
          default: return inspect(value);
        }
      });
    } else if (args.length > 0) {
      at = 1;
      out = one(args[0]);
    }
    for (; at < args.length; at++) out += ' ' + one(args[at]);
    return out;
  }

  guest.inspect = inspect;
  guest.print = print;
})
