# add -> 1 correct
# Leaves with what main returns.
import sys


def main():
    print(sum(map(int, input().split())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
