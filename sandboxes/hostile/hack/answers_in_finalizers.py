# add -> 0 wrong_answer
# Prints many answers when objects die.
class Last:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        print(self.n)


kept = [Last(n) for n in range(100)]
