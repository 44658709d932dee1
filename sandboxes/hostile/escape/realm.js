// contained -> 1 correct
// Climbs from constructors to another global object, and asks the engine for functions of the host.
const Function_ = (() => {}).constructor, Async = (async () => {}).constructor, Generator = (function* () {}).constructor;
const globals = [Function_('return this')(), (0, eval)('this'), globalThis, Reflect.construct(Function_, ['return this'])()];
const strange = globals.filter((other) => other !== globalThis).length;
const known = new Set(['gavel.require']);
const symbols = Object.getOwnPropertySymbols(globalThis).map((symbol) => Symbol.keyFor(symbol)).filter((key) => key !== undefined && !known.has(key));
const host = Object.getOwnPropertyNames(globalThis).filter((name) => /^(host|guest|qjs|__)/.test(name) && name !== '__filename' && name !== '__dirname');
console.log(strange + symbols.length + host.length === 0 && Async !== Generator ? 'contained' : [strange, ...symbols, ...host].join(' '));
