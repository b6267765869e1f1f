/** The part of jstat (which ships no types) that this project uses: quantiles. */
declare module 'jstat' {
  interface Jstat {
    readonly normal: { inv(probability: number, mean: number, standardDeviation: number): number }
  }
  const jstat: Jstat
  export default jstat
}
