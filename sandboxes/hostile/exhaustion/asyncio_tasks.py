# one -> 0 cpu_limit
# An event loop that is never idle.
import asyncio


async def spin():
    while True:
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(*[spin() for _ in range(10)])


asyncio.run(main())
