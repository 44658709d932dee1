// contained -> 1 correct
// Looks for files, processes and the network by every module and function that might be there.
const attempts = [
  () => require('fs').readFileSync('/etc/passwd'),
  () => require('fs').readdirSync('/'),
  () => require('fs').writeFileSync('/tmp/escaped', 'x'),
  () => require('child_process').execSync('id'),
  () => require('net').connect(80),
  () => require('vm').runInNewContext('1'),
  () => require('worker_threads'),
  () => require('/etc/passwd'),
  () => require('../../etc/passwd'),
  () => process.binding('fs'),
  () => process.dlopen({}, '/lib/libc.so'),
  () => std.loadFile('/etc/passwd'),
  () => os.exec(['id']),
  () => Deno.readTextFileSync('/etc/passwd'),
  () => fetch('http://localhost'),
];
const escaped = [];
for (const attempt of attempts) {
  try {
    attempt();
    escaped.push(String(attempt));
  } catch {}
}
if (Object.keys(process.env).length > 0) escaped.push('environment');
console.log(escaped.length === 0 ? 'contained' : escaped.join('\n'));
