# call -> 0 wrong_answer
# Returns a coroutine instead of an answer.
async def add(a, b):
    return 5
