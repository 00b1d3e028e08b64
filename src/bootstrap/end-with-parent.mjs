// Preloaded into a server that we start (`node --import`): it ends when its standard input does. That is a pipe that we
// hold, so the server ends with us however we end, even killed. Its own children get the same option and are not meant.
const parent = Number(new URL(import.meta.url).searchParams.get('parent'));

if (process.ppid === parent) {
  const end = () => process.exit(0);
  process.stdin.on('end', end).on('error', end).resume();
}
