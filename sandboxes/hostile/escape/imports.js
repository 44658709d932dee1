// contained -> 1 correct
// Imports modules from elsewhere at run time.
const names = ['/etc/passwd', 'file:///etc/passwd', 'http://localhost/x.js', 'data:text/javascript,export default 1', 'child_process', './program.js', 'std', 'os2', ''];
(async () => {
  let came = 0;
  for (const name of names) {
    try {
      await import(name);
      came++;
    } catch {}
  }
  console.log(came === 0 ? 'contained' : `escaped: ${came}`);
})();
