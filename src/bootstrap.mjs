// The first file that runs on a fresh machine: no dependency, and words that an old Node can still read, so that it
// can say that it is too old instead of failing on syntax.
const oldest = 20;
if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(
    `Neutron Lab needs Node.js ${oldest} or later; this is ${process.versions.node}. Install a newer one, for instance with your distribution's packages or nvm ("nvm install ${oldest}"), and start again.`,
  );
  process.exit(1);
}
import('./bootstrap/main.mjs')
  .then(({ main }) => main(process.argv.slice(2)))
  .then((code) => {
    process.exitCode = code;
  });
