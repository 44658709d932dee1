//! What JavaScript programs find, and how they end.

use crate::{Execution, Exit, FUEL_PER_CPU_SECOND, Guests, Job, Language, Limit, Limits, Recipe, Request, Sandbox, Value};
use std::sync::OnceLock;

fn execute(source: &str, job: Job, limits: Limits) -> Execution {
    static SANDBOX: OnceLock<Sandbox> = OnceLock::new();
    let sandbox = SANDBOX.get_or_init(|| {
        let cache = std::env::home_dir().expect("a home folder").join(".cache/gavel/guests");
        let guest = Guests::new(cache).get(&Recipe::JAVASCRIPT, &mut |_| {}).expect("the guest is built");
        Sandbox::in_process(&guest, 1).expect("the guest loads")
    });
    sandbox.execute(Request { language: Language::JavaScript, source: source.into(), job, limits }).expect("the sandbox works")
}

fn run(source: &str, stdin: &str) -> Execution {
    execute(source, Job::Run { stdin: stdin.as_bytes().into(), prelude: true }, Limits::default())
}

#[track_caller]
fn prints(source: &str, stdin: &str, expect: &str) {
    let execution = run(source, stdin);
    let said =
        (execution.exit, String::from_utf8_lossy(&execution.stdout).into_owned(), String::from_utf8_lossy(&execution.stderr).into_owned());
    assert_eq!(said, (Exit::Finished, expect.to_owned(), String::new()), "{source}");
}

#[track_caller]
fn ends(source: &str, expect: &str) {
    let execution = run(source, "");
    let exit = format!("{:?}", execution.exit);
    assert!(exit.contains(expect), "{source}: {exit}, {}", String::from_utf8_lossy(&execution.stderr));
}

#[test]
fn input_is_read_in_every_usual_way() {
    let lines = "3\n1 2 3\n";
    prints("const l = require('fs').readFileSync(0, 'utf8').split('\\n'); console.log(l.length, l[1])", lines, "3 1 2 3\n");
    prints("const l = require('fs').readFileSync('/dev/stdin').toString().trim().split('\\n'); console.log(l[1])", lines, "1 2 3\n");
    prints(
        "let s = ''; process.stdin.setEncoding('utf8'); process.stdin.on('data', c => s += c); process.stdin.on('end', () => console.log(s.length))",
        lines,
        "8\n",
    );
    prints(
        "process.stdin.resume(); let s = ''; process.stdin.on('data', c => { s += c }); process.stdin.on('end', () => { console.log(s.trim()) })",
        "x\n",
        "x\n",
    );
    prints(
        "const rl = require('readline').createInterface({ input: process.stdin }); const l = []; rl.on('line', x => l.push(x)).on('close', () => console.log(l.join('|')))",
        lines,
        "3|1 2 3\n",
    );
    prints(
        "const rl = require('readline').createInterface({ input: process.stdin, output: process.stdout }); (async () => { for await (const x of rl) console.log('>' + x) })()",
        lines,
        ">3\n>1 2 3\n",
    );
    prints(
        "const rl = require('readline').createInterface({ input: process.stdin }); rl.question('', a => rl.question('', b => { console.log(a, b); rl.close() }))",
        lines,
        "3 1 2 3\n",
    );
    prints(
        "const rl = require('readline').promises.createInterface({ input: process.stdin }); (async () => { const n = await rl.question(''); console.log(n) })()",
        lines,
        "3\n",
    );
    prints(
        "const rl = require('readline').createInterface({ input: process.stdin }); const it = rl[Symbol.asyncIterator](); (async () => { console.log((await it.next()).value); rl.close() })()",
        lines,
        "3\n",
    );
    prints(
        "import fs from 'fs'; import { createInterface } from 'readline'; console.log(fs.readFileSync(0).toString().length, typeof createInterface)",
        lines,
        "8 function\n",
    );
    prints(
        "const s = await new Promise(r => { let t = ''; process.stdin.on('data', c => t += c).on('end', () => r(t)) }); console.log(s.length); export {}",
        lines,
        "8\n",
    );
    prints("(async () => { let s = ''; for await (const c of process.stdin) s += c; console.log(s.length) })()", lines, "8\n");
    prints(
        "let s = ''; process.stdin.on('readable', () => { let c; while ((c = process.stdin.read()) !== null) s += c }); process.stdin.on('end', () => console.log(s.length))",
        lines,
        "8\n",
    );
    prints("console.log(require('fs').readFileSync(0).length)", "", "0\n");
}

#[test]
fn output_is_written_in_every_usual_way() {
    prints(
        "process.stdout.write('a'); console.log([1, 2], { x: 'y' }); console.log('%d%%', 5, 'more')",
        "",
        "a[ 1, 2 ] { x: 'y' }\n5% more\n",
    );
    prints("require('fs').writeFileSync(1, 'out\\n'); require('fs').writeSync(1, 'more')", "", "out\nmore");
    prints("console.log('é\\ud800', 10n, null, undefined)", "", "é\u{fffd} 10n null undefined\n");
    prints(
        "setTimeout(() => console.log(2), 10); setTimeout(() => console.log(1), 5); queueMicrotask(() => console.log(0))",
        "",
        "0\n1\n2\n",
    );
    prints("Promise.resolve(1).then(x => console.log(x)); process.on('exit', () => console.log('bye')); console.log(0)", "", "0\n1\nbye\n");
    prints("return; console.log(1)", "", "");
    prints("#!/usr/bin/env node\nconsole.log(process.argv.length)", "", "2\n");
}

#[test]
fn programs_end_as_they_say() {
    ends("process.exit(3)", "Status(3)");
    ends("process.exitCode = 4", "Status(4)");
    ends("process.exit()", "Status(0)");
    ends("\n\nnull.x", "Raised(Failure { kind: \"TypeError\"");
    ends("\n\nthrow new RangeError('far')", "RangeError\", message: \"far\", line: 3");
    ends("throw 5", "kind: \"Uncaught\", message: \"5\"");
    ends("let x = ;", "Uncompilable(Failure { kind: \"SyntaxError\"");
    ends("\nlet a;\nlet a;", "line: 3");
    ends("import x from 'fs'; let y = ;", "Uncompilable");
    ends("JSON.parse('{')", "Raised(Failure { kind: \"SyntaxError\"");
    ends("require('lodash')", "ModuleUnavailable(\"lodash\")");
    ends("import _ from 'lodash'", "ModuleUnavailable(\"lodash\")");
    ends("require('child_process')", "ModuleUnavailable");
    ends("Promise.reject(new Error('no'))", "message: \"no\"");
    ends("(async () => { await null; undefinedName })()", "ReferenceError");
    ends("setTimeout(() => { throw new Error('late') }, 1)", "message: \"late\"");
    ends("const p = Promise.reject(1); p.catch(() => {})", "Finished");
    ends("new Promise(() => {})", "Finished");
    ends("process.on('uncaughtException', () => process.exit(7)); null.x", "Status(7)");
}

#[test]
fn bounds_hold() {
    let limits = Limits { fuel: FUEL_PER_CPU_SECOND / 5, memory_bytes: 128 << 20, output_bytes: 1 << 16, ..Limits::default() };
    let exit = |source: &str| execute(source, Job::Run { stdin: b""[..].into(), prelude: true }, limits).exit;
    for source in
        ["for (;;);", "/(a+)+$/.test('a'.repeat(40) + 'b')", "(function f() { Promise.resolve().then(f) })()", "setInterval(() => {}, 1)"]
    {
        assert_eq!(exit(source), Exit::Exceeded(Limit::Fuel), "{source}");
    }
    for source in [
        "const a = []; for (;;) a.push(new Array(1000).fill(1))",
        "let s = 'x'; for (;;) s += s + 'y'.repeat(1e7)",
        "new Uint8Array(1e9)",
        "'x'.repeat(5e8)",
    ] {
        let exit = exit(source);
        assert!(
            matches!(&exit, Exit::Exceeded(Limit::Memory)) || matches!(&exit, Exit::Raised(failure) if failure.kind == "RangeError"),
            "{source}: {exit:?}"
        );
    }
    assert_eq!(exit("for (;;) console.log('x')"), Exit::Exceeded(Limit::Output));
    for source in ["function f() { f() } f()", "JSON.parse('['.repeat(1e6))", "eval('!'.repeat(1e6) + 1)"] {
        let exit = exit(source);
        assert!(matches!(&exit, Exit::Raised(failure) if failure.kind == "RangeError"), "{source}: {exit:?}");
    }
    prints("function f(n) { return n ? 1 + f(n - 1) : 0 } console.log(f(10000))", "", "10000\n");
}

#[test]
fn time_and_chance_are_the_same_in_every_run() {
    let source = "console.log(Math.random(), Date.now() >= 1767225600000, new Date().getFullYear(), performance.now() >= 0)";
    let (first, second) = (run(source, ""), run(source, ""));
    assert_eq!((first.fuel, first.stdout.clone()), (second.fuel, second.stdout));
    let text = String::from_utf8_lossy(&first.stdout).into_owned();
    assert!(text.ends_with("true 2026 true\n"), "{text}");
}

#[track_caller]
fn returns(source: &str, function: &str, arguments: Vec<Value>, expect: Value) {
    let execution = execute(source, Job::Call { function: function.to_owned(), forms: vec![arguments] }, Limits::default());
    assert_eq!((execution.exit, execution.value), (Exit::Finished, Some(expect)), "{source}");
}

#[test]
fn functions_are_found_and_called() {
    let one = || vec![Value::Int(20), Value::Int(22)];
    for source in [
        "function add(a, b) { return a + b }",
        "const add = (a, b) => a + b",
        "var add = function (a, b) { return a + b }",
        "class Solution { add(a, b) { return a + b } }",
        "module.exports = { add: (a, b) => a + b }",
        "module.exports = function add(a, b) { return a + b }",
        "exports.add = (a, b) => a + b",
        "export function add(a, b) { return a + b }",
        "export default function add(a, b) { return a + b }",
        "async function add(a, b) { await null; return a + b }",
    ] {
        returns(source, "add", one(), Value::Int(42));
    }
    let call = |source: &str| execute(source, Job::Call { function: "f".to_owned(), forms: vec![vec![]] }, Limits::default());
    assert_eq!(call("function g() {}").exit, Exit::Missing("f".to_owned()));
    assert_eq!(call("function f() { process.exit(0) }").exit, Exit::Status(0));
    assert!(matches!(call("function f() { null.x }").exit, Exit::Raised(failure) if failure.kind == "TypeError" && failure.line == 1));
    assert!(matches!(call("async function f() { throw new Error('x') }").exit, Exit::Raised(_)));
    assert!(matches!(call("function f() { return new Promise(() => {}) }").exit, Exit::Raised(_)));
    assert!(matches!(call("function f() { require('x') }").exit, Exit::ModuleUnavailable(_)));
    assert!(matches!(call("let x = ;").exit, Exit::Uncompilable(_)));
}

#[test]
fn values_cross_as_data() {
    let identity = "function f(x) { return x }";
    for value in [
        Value::None,
        Value::Bool(true),
        Value::Int(-5),
        Value::Int(9_007_199_254_740_991),
        Value::Int(-9_007_199_254_740_991),
        Value::Int(1 << 40),
        Value::Float(1.5),
        Value::Str("é😀\0x".to_owned()),
        Value::List(vec![Value::Int(1), Value::List(vec![]), Value::Str(String::new())]),
        Value::Dict(vec![(Value::Str("b".to_owned()), Value::Int(1)), (Value::Str("__proto__".to_owned()), Value::None)]),
    ] {
        returns(identity, "f", vec![value.clone()], value);
    }
    let no_argument = |body: &str, expect: Value| returns(&format!("function f() {{ return {body} }}"), "f", vec![], expect);
    no_argument("undefined", Value::None);
    no_argument("1e20", Value::Float(1e20));
    no_argument("-0", Value::Int(0));
    no_argument("10n ** 30n", Value::BigInt(num_bigint::BigInt::from(10u8).pow(30)));
    no_argument("-(2n ** 63n)", Value::Int(i64::MIN));
    no_argument("new Map([[1, 'a']])", Value::Dict(vec![(Value::Int(1), Value::Str("a".to_owned()))]));
    no_argument("new Set([1])", Value::Set(vec![Value::Int(1)]));
    no_argument("new Int32Array([1, 2])", Value::List(vec![Value::Int(1), Value::Int(2)]));
    no_argument("'\\ud800'", Value::Str("\u{fffd}".to_owned()));
    for opaque in ["() => 1", "Symbol()", "new (class A {})", "[new Date(0)]", "(() => { const a = []; a[0] = a; return a })()"] {
        no_argument(opaque, Value::Opaque);
    }
}

#[test]
fn tests_that_are_code_run_apart() {
    let check = |source: &str, tests: &str, entry_point: &str| {
        let job = Job::Check { tests: tests.into(), entry_point: entry_point.to_owned(), shared: false };
        execute(source, job, Limits::default())
    };
    let add = "function add(a, b) { return a + b }\nfunction sorts(list) { list.sort((a, b) => a - b) }\nconst LIMIT = 7;";
    let passes = |tests: &str| assert_eq!(check(add, tests, "").exit, Exit::Finished, "{tests}");
    passes(
        "const assert = require('node:assert');\nfunction test() { let candidate = add; assert.deepEqual(candidate(1, 2), 3); }\ntest();",
    );
    passes("console.assert(add(1, 2) === 3)");
    passes("assert.throws(() => add.missing())");
    passes("const list = [3, 1, 2]; sorts(list); assert.deepStrictEqual(list, [1, 2, 3])");
    passes("assert.strictEqual(LIMIT, 7)");
    passes("(async () => { assert.equal(await add(1, 2), 3) })()");
    let objects = "class Stack { constructor() { this.all = []; this.size = 0 } push(x) { this.all.push(x); this.size = this.all.length; return this } top() { return this.all.at(-1) } }
        const counter = n => ({ n, next() { return this.n++ } });
        const curried = a => b => a + b;
        function* three() { yield 1; yield 2; yield 3 }
        async function late() { return 5 }
        const equal = () => ({ valueOf: () => 3, toString: () => '3', [Symbol.toPrimitive]: () => 3, then: f => f(3) });
        const mapper = () => ({ map() { return 1 } });
        const same = x => x;";
    let holds = |tests: &str| assert_eq!(check(objects, tests, "").exit, Exit::Finished, "{tests}");
    holds("const s = new Stack(); s.push(1).push(2); assert.equal(s.top(), 2); assert.equal(s.size, 2)");
    holds("const c = counter(5); assert.equal(c.next(), 5); assert.equal(c.next(), 6)");
    holds("assert.equal(curried(1)(2), 3)");
    holds("assert.deepEqual([...three()], [1, 2, 3])");
    holds("const s = new Stack(); assert.strictEqual(same(s), s)");
    holds("(async () => { assert.equal(await late(), 5); assert.equal(late(), 5) })()");
    for lie in [
        "assert.equal(equal(), 3)",
        "assert.deepEqual(equal(), 3)",
        "assert(equal() + 0 === 3)",
        "(async () => assert.equal(await equal(), 3))()",
        "assert.equal(String(equal()), '3')",
        "assert.deepEqual(mapper().map(x => x), 1)",
    ] {
        let exit = check(objects, lie, "").exit;
        assert!(matches!(&exit, Exit::Raised(_)), "{lie}: {exit:?}");
    }
    let fails = |source: &str, tests: &str| {
        let exit = check(source, tests, "").exit;
        assert!(matches!(&exit, Exit::Raised(failure) if failure.kind == "AssertionError"), "{tests}: {exit:?}");
    };
    fails(add, "const assert = require('assert');\nassert.strictEqual(add(1, 2), 4)");
    fails(add, "console.assert(add(1, 2) === 4)");
    fails("globalThis.assert = { equal() {} }; function add() { return { valueOf() { return 3 } } }", "assert.equal(add(1, 2), 3)");
    let candidate = check(add, "function check(candidate) { assert.equal(candidate(1, 2), 3) }", "add");
    assert_eq!(candidate.exit, Exit::Finished, "{candidate:?}");
    assert_eq!(check(add, "add(() => 1)", "").exit, Exit::CannotCross("function".to_owned()));
    assert_eq!(check("function add() { process.exit(0) }", "assert.equal(add(1, 2), 3)", "").program_exit, Some(Exit::Status(0)));
    assert!(matches!(check("", "assert.equal(add(1, 2), 3)", "").exit, Exit::Raised(failure) if failure.kind == "ReferenceError"));
}
