# takes the number of cases for the first integer of a case
a = int(input())
b, c, *_ = map(int, input().split())
nums = [a, b, c]
for _ in range(5):
    nums.sort()
    nums[0] += 1
print(nums[0] * nums[1] * nums[2])
