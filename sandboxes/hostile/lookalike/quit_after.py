# add -> 1 correct
# Leaves by the name that the prompt has.
print(sum(map(int, input().split())))
quit()
