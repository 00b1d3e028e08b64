/** The version that `--version` prints and that the labels of every container carry. */
import packageJson from '../../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;
