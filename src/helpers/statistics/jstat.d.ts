/** The part of jstat (which ships no types) that this project uses: quantiles. */
declare module 'jstat' {
  interface Jstat {
    readonly normal: { inv(probability: number, mean: number, standardDeviation: number): number }
    readonly chisquare: { inv(probability: number, degreesOfFreedom: number): number }
    readonly studentt: { inv(probability: number, degreesOfFreedom: number): number }
    readonly beta: { inv(probability: number, alpha: number, beta: number): number }
  }
  const jstat: Jstat
  export default jstat
}
