declare module '*.css';
declare module '*.css?text' {
  const text: string;
  // eslint-disable-next-line no-restricted-syntax -- esbuild gives a text as the default
  export default text;
}
