let input = '';
for await (const chunk of process.stdin) input += chunk;
const [, ...numbers] = input.split(/\s+/).filter(Boolean);
console.log(numbers);
console.log(numbers.map((x) => (/^1[1-9]*[0-8]$/.test(x) ? 'YES' : 'NO')).join('\n'));
export {};
