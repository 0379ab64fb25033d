// The scatter of an act's demonstrations, kept as a few rows v_j with sum v_j v_j' = sum (w-mu)(w-mu)'.

import { eigenSymmetric } from "../linalg.ts";

/**
 * The `keep` directions that hold most of a scatter, as rows of the same kind. With no more than `keep` rows nothing
 * is lost and the rows come back as they are.
 *
 * @param rows [count, size]
 * @returns [min(count, keep), size]
 */
export function compressRows(rows: Float64Array, size: number, keep: number): Float64Array {
  const count = rows.length / size;
  if (count <= keep) return rows;
  return count <= size ? throughRows(rows, count, size, keep) : throughColumns(rows, count, size, keep);
}

/** Few rows: rotate them by the eigenvectors of their inner products, [count, count]. */
function throughRows(rows: Float64Array, count: number, size: number, keep: number): Float64Array {
  const gram = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      let s = 0;
      for (let k = 0; k < size; k++) s += rows[i * size + k] * rows[j * size + k];
      gram[i * count + j] = gram[j * count + i] = s;
    }
  const { vectors } = eigenSymmetric(gram, count);
  const out = new Float64Array(keep * size);
  for (let r = 0; r < keep; r++)
    for (let i = 0; i < count; i++) {
      const v = vectors[r * count + i];
      for (let k = 0; k < size; k++) out[r * size + k] += v * rows[i * size + k];
    }
  return out;
}

/** More rows than weights: the scatter itself, [size, size], is the smaller matrix. */
function throughColumns(rows: Float64Array, count: number, size: number, keep: number): Float64Array {
  const scatter = new Float64Array(size * size);
  for (let r = 0; r < count; r++)
    for (let i = 0; i < size; i++) {
      const v = rows[r * size + i];
      if (v !== 0) for (let j = 0; j <= i; j++) scatter[i * size + j] += v * rows[r * size + j];
    }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) scatter[j * size + i] = scatter[i * size + j];
  const { values, vectors } = eigenSymmetric(scatter, size);
  const out = new Float64Array(Math.min(keep, size) * size);
  for (let k = 0; k < out.length; k++) out[k] = Math.sqrt(Math.max(0, values[(k / size) | 0])) * vectors[k];
  return out;
}
