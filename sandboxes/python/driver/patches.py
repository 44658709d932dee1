"""Where this interpreter differs from the one that programs were written for, and what is done about it.

WebAssembly gives the interpreter 32-bit pointers, one thread, no signals and a C stack of its own. Not repaired, because it cannot be from here: `hash()` has
32 bits, and `len()` of a range longer than 2**31-1 raises OverflowError.
"""

import functools
import random
import sys
import threading
import time
import types

import program


def apply():
    functools.lru_cache = lru_cache
    functools.cache = cache
    threading.Thread.start = _start_thread
    threading.Thread.join = lambda self, timeout=None: None
    threading.Thread.is_alive = lambda self: False
    threading.stack_size = _stack_size
    sys.modules["_thread"].stack_size = _stack_size
    sys.modules["_thread"].start_new_thread = threading._start_new_thread = _start_new_thread
    sys.setrecursionlimit, sys.getrecursionlimit = _set_recursion_limit, _get_recursion_limit
    _run_executors_inline()
    _add_missing_modules()
    _close_the_network()
    _give_asyncio_a_loop()


def seal():
    """The last things before the snapshot, when nothing more is imported."""
    sys.setrecursionlimit(1000)
    random.seed(0)
    # Several modules of the library read it for array sizes, so it changes only once they are loaded.
    sys.maxsize = 2**63 - 1
    sys.path.clear()
    sys.path_importer_cache.clear()
    program.open_streams()


_filling = []


def fill_holes():
    """Takes every free block below the end of the heap, and keeps it.

    Starting up leaves holes all over the heap. An instance whose first allocations land in them copies a page of the snapshot for each; with the holes taken,
    they come from one fresh region.
    """
    end = bytes(1 << 22)
    _filling.append(end)
    sizes = [1 << power for power in range(21, 9, -1)] + list(range(1000, 500, -24)) + list(range(512, 32, -16))
    for size in sizes:
        while True:
            # Less the header and the final zero of a bytes object.
            block = bytes(size - 17)
            _filling.append(block)
            if id(block) > id(end):
                break


# --- recursion -------------------------------------------------------------------------------------------------------------------------------------------
# Calls from Python to Python do not use the C stack, so recursion can be as deep as memory allows, but a C function in between ends it after about a
# thousand levels. lru_cache is the one that programs recurse through.

_recursion_limit = 1000
_real_set_recursion_limit = sys.setrecursionlimit


def _set_recursion_limit(limit):
    """Counts the program's calls: a cached function takes two frames a level here, and the guest's own frames come on top."""
    global _recursion_limit
    if not isinstance(limit, int):
        raise TypeError(f"'{type(limit).__name__}' object cannot be interpreted as an integer")
    if limit < 1:
        raise ValueError("recursion limit must be greater or equal than 1")
    if limit > 2**31 - 1:
        raise OverflowError("Python int too large to convert to C int")
    _recursion_limit = limit
    _real_set_recursion_limit(min(2 * limit + 100, 2**31 - 1))


def _get_recursion_limit():
    return _recursion_limit


def cache(function):
    """`functools.cache`, in Python."""
    return lru_cache(maxsize=None)(function)


def lru_cache(maxsize=128, typed=False):
    """`functools.lru_cache`, in Python."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, False)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _cached(function, maxsize, typed)


_ABSENT = object()
_KEYWORDS = object()


def _cached(function, maxsize, typed):
    results = {}
    find = results.get
    hits = misses = 0

    def key_of(args, kwargs):
        key = args
        if kwargs:
            key += (_KEYWORDS, *kwargs.items())
        if typed:
            key += (tuple(map(type, args)), tuple(map(type, kwargs.values())))
        return key

    if maxsize is None and not typed:

        def wrapper(*args, **kwargs):
            nonlocal hits, misses
            key = key_of(args, kwargs) if kwargs else args
            result = find(key, _ABSENT)
            if result is not _ABSENT:
                hits += 1
                return result
            misses += 1
            result = results[key] = function(*args, **kwargs)
            return result

    else:

        def wrapper(*args, **kwargs):
            nonlocal hits, misses
            key = key_of(args, kwargs)
            result = find(key, _ABSENT)
            if result is not _ABSENT:
                hits += 1
                if maxsize is not None:
                    # A dict keeps the order of insertion: the oldest entry is the least recently used one.
                    del results[key]
                    results[key] = result
                return result
            misses += 1
            result = function(*args, **kwargs)
            if maxsize != 0:
                if maxsize is not None and key not in results and len(results) >= maxsize:
                    del results[next(iter(results))]
                results[key] = result
            return result

    def cache_info():
        return functools._CacheInfo(hits, misses, maxsize, len(results))

    def cache_clear():
        nonlocal hits, misses
        results.clear()
        hits = misses = 0

    functools.update_wrapper(wrapper, function)
    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return wrapper


# --- threads ---------------------------------------------------------------------------------------------------------------------------------------------
# A thread runs to its end when it is started: enough for the usual `Thread(target=main).start()`, which wants a larger stack.


def _start_thread(thread):
    if thread._started.is_set():
        raise RuntimeError("threads can only be started once")
    thread._started.set()
    try:
        thread.run()
    except SystemExit:
        pass
    except Exception:
        import traceback

        print(f"Exception in thread {thread.name}:", file=sys.stderr)
        traceback.print_exc()


def _start_new_thread(function, args, kwargs={}):
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    return threading.get_ident()


def _stack_size(size=0):
    return 0


def _run_executors_inline():
    from concurrent import futures

    class InlineExecutor(futures.Executor):
        """Runs each call when it is submitted."""

        def __init__(self, max_workers=None, *args, initializer=None, initargs=(), **kwargs):
            self._max_workers = max_workers or 1
            if initializer is not None:
                initializer(*initargs)

        def submit(self, fn, /, *args, **kwargs):
            future = futures.Future()
            future.set_running_or_notify_cancel()
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)
            return future

    for name in ("ThreadPoolExecutor", "ProcessPoolExecutor"):
        executor = type(name, (InlineExecutor,), {"__doc__": InlineExecutor.__doc__})
        setattr(futures, name, executor)
        module = sys.modules.get("concurrent.futures." + ("thread" if name.startswith("Thread") else "process"))
        if module is not None:
            setattr(module, name, executor)


# --- modules of the operating system ---------------------------------------------------------------------------------------------------------------------


def _add_missing_modules():
    resource = sys.modules.get("resource")
    if resource is None:
        resource = sys.modules["resource"] = types.ModuleType("resource", "Limits are the sandbox's; these calls do nothing.")
        resource.error = OSError
        resource.RLIM_INFINITY = -1
        for number, name in enumerate(("CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS")):
            setattr(resource, "RLIMIT_" + name, number)
        resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN = 0, -1
        resource.setrlimit = lambda which, limits: None
        resource.getrlimit = lambda which: (-1, -1)
        resource.getrusage = lambda who: types.SimpleNamespace(ru_utime=time.process_time(), ru_stime=0.0, ru_maxrss=0)
    import signal

    for name, number in {"SIGALRM": 14, "SIGUSR1": 10, "SIGKILL": 9, "ITIMER_REAL": 0, "SIGXCPU": 24}.items():
        if not hasattr(signal, name):
            setattr(signal, name, number)
    # No signal ever arrives, so an alarm never rings.
    signal.signal = lambda number, handler: None
    signal.alarm = lambda seconds: 0
    signal.setitimer = lambda which, seconds, interval=0.0: (0.0, 0.0)


def _close_the_network():
    socket, low = sys.modules.get("socket"), sys.modules.get("_socket")
    if socket is None or low is None:
        return

    def refuse(*args, **kwargs):
        raise PermissionError(1, "the sandbox has no network")

    # The system calls behind these do not exist: reaching them would end the program without an exception.
    for name in ("socket", "getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo", "socketpair", "create_connection", "fromfd"):
        for module in (socket, low):
            if hasattr(module, name) and name != "socket":
                setattr(module, name, refuse)
    socket.socket.__init__ = refuse
    low.socket = low.SocketType = refuse


def _give_asyncio_a_loop():
    """An event loop without sockets: timers on the virtual clock and callbacks are all there is to wait for."""
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return

    class Timers:
        def select(self, timeout):
            if timeout is None:
                raise RuntimeError("deadlock: the event loop waits for something that cannot happen in the sandbox")
            if timeout > 0:
                time.sleep(timeout)
            return ()

    class Loop(asyncio.base_events.BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = Timers()

        def _process_events(self, events):
            pass

        def _write_to_self(self):
            pass

        def run_in_executor(self, executor, func, *args):
            future = self.create_future()
            try:
                future.set_result(func(*args))
            except Exception as error:
                future.set_exception(error)
            return future

    class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
        _loop_factory = Loop

    asyncio.events._event_loop_policy = Policy()
    asyncio.new_event_loop = asyncio.events.new_event_loop = Loop
    asyncio.SelectorEventLoop = asyncio.DefaultEventLoopPolicy = None
