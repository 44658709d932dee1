//! What programs find in the Python guest.

use crate::support::guest::run;
use gavel_sandbox::{Exit, Failure, Limit};

/// Runs a program that must end well, and compares its output.
#[track_caller]
fn check(source: &str, stdin: &str, stdout: &str) {
    let execution = run(source, stdin).unwrap();
    let said = (String::from_utf8_lossy(&execution.stdout).into_owned(), String::from_utf8_lossy(&execution.stderr).into_owned());
    assert_eq!((execution.exit, said.0.as_str()), (Exit::Finished, stdout), "{source}\n{}", said.1);
}

#[track_caller]
fn ends(source: &str, exit: Exit) {
    assert_eq!(run(source, "").unwrap().exit, exit, "{source}");
}

fn failure(kind: &str, message: &str, line: u32) -> Failure {
    Failure { kind: kind.to_owned(), message: message.to_owned(), line }
}

#[test]
fn every_way_to_read_standard_input_works() {
    check("print(input(), input())", "a\nb\n", "a b\n");
    check("import sys\nprint(repr(sys.stdin.readline()), repr(sys.stdin.read()))", "a\nb\n", "'a\\n' 'b\\n'\n");
    check("import sys\nprint([x.strip() for x in sys.stdin])", "a\nb\n", "['a', 'b']\n");
    check("import sys\nprint(sys.stdin.buffer.readline(), sys.stdin.buffer.read())", "a\nb\n", "b'a\\n' b'b\\n'\n");
    check("print(open(0).read().split())", "a b\n", "['a', 'b']\n");
    check("print(*map(int, open(0, 'rb').read().split()))", "1 2\n3", "1 2 3\n");
    check("import os\nprint(os.read(0, 3), os.read(0, 100))", "abcdef", "b'abc' b'def'\n");
    check("import os\nprint(os.read(0, os.fstat(0).st_size or 8192))", "abc", "b'abc'\n");
    check(
        "import io, os, sys\ninput = io.BytesIO(os.read(0, os.fstat(0).st_size or 1 << 16)).readline\nprint(input())",
        "x\n",
        "b'x\\n'\n",
    );
    check("import fileinput\nprint([l for l in fileinput.input()])", "a\nb", "['a\\n', 'b']\n");
    check("try:\n    input()\nexcept EOFError:\n    print('eof')", "", "eof\n");
    check("print(len(input()))", &"x".repeat(3_000_000), "3000000\n");
}

#[test]
fn every_way_to_write_works() {
    check("import sys\nsys.stdout.write('a')\nsys.stdout.buffer.flush()\nprint('b')", "", "ab\n");
    check("import os\nos.write(1, b'a\\n')", "", "a\n");
    check("import sys\nsys.stdout.buffer.write('é\\n'.encode())", "", "é\n");
    check("print('é', '\\U0001f600')", "", "é 😀\n");
    check("import atexit\natexit.register(print, 'bye')\nprint('hi')", "", "hi\nbye\n");
    check("import io, sys\nsys.stdout = io.StringIO()\nprint('lost')\nsys.stdout = sys.__stdout__\nprint('kept')", "", "kept\n");
    check("print('x' * 1000000)", "", &("x".repeat(1_000_000) + "\n"));
}

#[test]
fn recursion_is_as_deep_as_programs_ask_for() {
    let plain = "import sys\nsys.setrecursionlimit(10**6)\ndef f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nprint(f(100000))";
    check(plain, "", "100000\n");
    for decorator in ["functools.lru_cache(None)", "functools.lru_cache(maxsize=None)", "functools.cache", "functools.lru_cache"] {
        let cached = format!(
            "import functools, sys\nsys.setrecursionlimit(10**6)\n@{decorator}\ndef f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nprint(f(50000))"
        );
        check(&cached, "", "50000\n");
    }
    let exact = "import functools, sys\nsys.setrecursionlimit(50100)\n@functools.cache\ndef f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nprint(f(50000))";
    check(exact, "", "50000\n");
    let threaded = "import sys, threading\nsys.setrecursionlimit(10**6)\nthreading.stack_size(1 << 27)\n\
        def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\n\
        def main():\n    print(f(100000))\nt = threading.Thread(target=main)\nt.start()\nt.join()";
    check(threaded, "", "100000\n");
    check("def f(): f()\ntry:\n    f()\nexcept RecursionError:\n    print('deep')", "", "deep\n");
}

#[test]
fn caches_behave_like_the_librarys() {
    check(
        "from functools import lru_cache, cache\n\
         @lru_cache(maxsize=2)\ndef f(x): return x * 2\n\
         f(1); f(2); f(1); f(3); f(2)\nprint(f.cache_info())\nf.cache_clear()\nprint(f.cache_info(), f.cache_parameters(), f.__name__)\n\
         @cache\ndef g(a, b=1): return a + b\nprint(g(1), g(1, b=2), g(a=1), g.cache_info().currsize, g.__wrapped__(5))\n\
         @lru_cache(typed=True)\ndef h(x): return type(x).__name__\nprint(h(1), h(1.0))\n\
         try:\n    cache(lambda x: x)([])\nexcept TypeError as e:\n    print('unhashable')\n\
         class A:\n    @cache\n    def m(self, n): return n if n < 2 else self.m(n - 1) + self.m(n - 2)\nprint(A().m(80))",
        "",
        "CacheInfo(hits=1, misses=4, maxsize=2, currsize=2)\nCacheInfo(hits=0, misses=0, maxsize=2, currsize=0) {'maxsize': 2, 'typed': False} f\n\
         2 3 2 3 6\nint float\nunhashable\n23416728348467685\n",
    );
}

#[test]
fn the_platform_looks_like_a_64_bit_one() {
    check("import sys\nprint(sys.maxsize == 2**63 - 1, min(sys.maxsize, 5), sys.argv)", "", "True 5 ['program.py']\n");
    check("from sys import maxsize\nprint(maxsize)", "", "9223372036854775807\n");
}

#[test]
fn time_is_virtual_and_repeatable() {
    let source = "import time\na = time.time()\ntime.sleep(3600)\nb = time.time()\nprint(3600 <= b - a < 3601, a)\nprint(time.perf_counter() > 3600, time.monotonic() > 0)";
    let (first, second) = (run(source, "").unwrap(), run(source, "").unwrap());
    assert!(String::from_utf8_lossy(&first.stdout).starts_with("True 17672256"), "{first:?}");
    assert_eq!(first, second);
    // A search that stops when its time is up stops, by the fuel it used.
    check("import time\nt = time.time()\nwhile time.time() - t < 0.05: pass\nprint('done')", "", "done\n");
}

#[test]
fn chance_is_repeatable() {
    let source = "import os, random, secrets, uuid\nprint(random.random(), os.urandom(4), hash('a'), {'x', 'y', 'z', 'w'}, secrets.token_hex(4), uuid.uuid4())";
    assert_eq!(run(source, "").unwrap(), run(source, "").unwrap());
    check("import random\nrandom.seed(1)\nprint(random.randint(1, 1000))", "", "138\n");
}

#[test]
fn the_competition_prelude_is_in_scope() {
    check("def f(x: List[int], y: Optional[str] = None) -> Dict[str, int]: return Counter(x)\nprint(f([1, 1])[1])", "", "2\n");
    check(
        "q = deque([1]); heappush(h := [], 2); print(gcd(4, 6), inf > 1, sqrt(4), bisect_left([1, 3], 2), reduce(add, [1, 2]))",
        "",
        "2 True 2.0 1 3\n",
    );
    check(
        "print(list(accumulate([1, 2])), collections.Counter('a'), itertools.count, math.pi > 3, defaultdict(int)[0])",
        "",
        "[1, 3] Counter({'a': 1}) <class 'itertools.count'> True 0\n",
    );
    // The star imports of the public harnesses shadow built-in functions; these must not.
    check("print(pow(2, 10, 1000), abs(-1), sum([1]), max(1, 2), round(2.5), open.__module__)", "", "24 1 1 2 2 _io\n");
    check(
        "print(datetime.datetime(2020, 1, 1).year, copy.deepcopy([1]), random.Random, time.time, string.ascii_letters[:2])",
        "",
        "2020 [1] <class 'random.Random'> <built-in function time> ab\n",
    );
}

#[test]
fn the_standard_library_is_there() {
    check(
        "import abc, argparse, array, ast, asyncio, base64, bisect, calendar, cmath, collections.abc, concurrent.futures, contextlib, copy, csv, dataclasses, datetime, decimal, difflib, enum, fractions, functools, graphlib, hashlib, heapq, html, inspect, io, itertools, json, keyword, logging, math, multiprocessing, numbers, operator, os.path, pathlib, pickle, platform, pprint, queue, random, re, resource, secrets, shutil, signal, socket, statistics, string, struct, subprocess, tempfile, textwrap, threading, time, timeit, traceback, types, typing, unicodedata, unittest.mock, urllib.parse, uuid, warnings, weakref, xml.etree.ElementTree, zlib, zoneinfo\n\
         import sortedcontainers\nprint(sortedcontainers.SortedList([2, 1]), hashlib.sha256(b'').hexdigest()[:8])",
        "",
        "SortedList([1, 2]) e3b0c442\n",
    );
    check("import numbers, _strptime, datetime\nprint(datetime.datetime.strptime('2020-01-02', '%Y-%m-%d').day)", "", "2\n");
    check(
        "import unicodedata, encodings.punycode\nprint('é'.encode('utf-16-le'), 'bücher'.encode('punycode'))",
        "",
        "b'\\xe9\\x00' b'bcher-kva'\n",
    );
}

#[test]
fn concurrency_runs_in_order() {
    check(
        "import threading\nout = []\nts = [threading.Thread(target=out.append, args=(i,)) for i in range(3)]\n[t.start() for t in ts]\n[t.join() for t in ts]\nprint(out, threading.active_count())",
        "",
        "[0, 1, 2] 1\n",
    );
    check(
        "from concurrent.futures import ThreadPoolExecutor, as_completed\nwith ThreadPoolExecutor(4) as p:\n    print(list(p.map(abs, [-1, -2])), p.submit(pow, 2, 3).result())",
        "",
        "[1, 2] 8\n",
    );
    check(
        "import asyncio\nasync def f(i):\n    await asyncio.sleep(3 - i)\n    return i\nasync def main():\n    print(await asyncio.gather(*map(f, range(3))))\nasyncio.run(main())",
        "",
        "[0, 1, 2]\n",
    );
    check(
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.alarm(1)\nimport resource\nresource.setrlimit(resource.RLIMIT_STACK, (-1, -1))\nprint(1)",
        "",
        "1\n",
    );
}

#[test]
fn there_is_no_world_outside() {
    let refused = |expression: &str| {
        let source = format!("try:\n    {expression}\n    print('got in')\nexcept Exception as e:\n    print('refused')");
        check(&source, "", "refused\n");
    };
    for expression in [
        "open('/etc/passwd')",
        "open('/proc/self/environ')",
        "import os; os.system('ls')",
        "import os; os.listdir('/')",
        "import os; os.fork()",
        "import subprocess; subprocess.run(['ls'])",
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1')",
        "import ctypes",
        "import multiprocessing; multiprocessing.Pool(2)",
    ] {
        refused(expression);
    }
    check("import os\nprint(dict(os.environ))", "", "{}\n");
}

#[test]
fn endings_say_what_happened() {
    ends("import numpy as np", Exit::ModuleUnavailable("numpy".to_owned()));
    ends("import pandas.core", Exit::ModuleUnavailable("pandas".to_owned()));
    ends("x = 1\nraise ValueError('no')", Exit::Raised(failure("ValueError", "no", 2)));
    ends("def f():\n    return 1 / 0\nf()", Exit::Raised(failure("ZeroDivisionError", "division by zero", 2)));
    ends("def f(:\n    pass", Exit::Uncompilable(failure("SyntaxError", "invalid syntax", 1)));
    ends("import sys\nsys.exit(0)", Exit::Status(0));
    ends("exit(3)", Exit::Status(3));
    ends("quit()", Exit::Status(0));
    ends("raise SystemExit('bye')", Exit::Status(1));
    ends("import os\nos._exit(0)", Exit::Status(0));
    ends("while True: pass", Exit::Exceeded(Limit::Fuel));
    ends("x = []\nwhile True: x.append(' ' * 10**7)", Exit::Exceeded(Limit::Memory));
    ends("x = bytearray(10**9)", Exit::Exceeded(Limit::Memory));
    ends("while True: print('x' * 10000)", Exit::Exceeded(Limit::Output));
    ends("'x' * 10**10", Exit::Raised(failure("OverflowError", "cannot fit 'int' into an index-sized integer", 1)));
}

#[test]
fn tracebacks_show_the_program_only() {
    let execution = run("def f():\n    return [][1]\n\nf()\n", "").unwrap();
    let shown = String::from_utf8(execution.stderr).unwrap();
    assert_eq!(
        shown,
        "Traceback (most recent call last):\n  File \"program.py\", line 4, in <module>\n    f()\n    ~^^\n  File \"program.py\", line 2, in f\n    return [][1]\n           ~~^^^\nIndexError: list index out of range\n"
    );
}
