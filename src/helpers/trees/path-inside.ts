import path from 'node:path'

/** Path of a file from a folder; undefined where it is not in it. A name that begins with two dots leads nowhere else. */
export function pathInside(folder: string, file: string): string | undefined {
  const place = path.relative(folder, file)
  const isOutside = place === '..' || place.startsWith(`..${path.sep}`) || path.isAbsolute(place)
  return isOutside ? undefined : place
}
