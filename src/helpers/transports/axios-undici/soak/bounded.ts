/** Soaks in a process of its own, where nothing else allocates, and prints what is left behind as JSON: `bounded.ts <options>`. */
import { type SoakOptions, soak } from './soak.ts'

const options = JSON.parse(process.argv[2] ?? '') as SoakOptions
console.log(JSON.stringify(await soak(options)))
