import highsModule from 'highs'
import type { FlowProblem } from '../../src/features/flow/flow-problem.js'

// The package describes its CommonJS build, but what is loaded is the module build: its default is the loader itself.
const loadHighs = highsModule as unknown as typeof highsModule.default

export interface LinearOptimum {
  readonly objective: number
  readonly seconds: number
}

/** A second opinion from HiGHS, which knows nothing of networks: the same flow as a linear programme. */
export async function createFlowOracle(): Promise<(problem: FlowProblem) => LinearOptimum> {
  const highs = await loadHighs()
  return (problem) => {
    const arcs = problem.from.length
    if (arcs === 0) return { objective: 0, seconds: 0 }
    const nodes = problem.supply.length
    const infinite = highs.infinity
    const rows = Array.from(problem.supply)
    const started = performance.now()
    const objective = highs.withModel(
      {
        numCols: arcs,
        numRows: nodes,
        colCost: problem.cost,
        colLower: new Float64Array(arcs),
        colUpper: Float64Array.from(problem.capacity),
        // Out minus in: at most what a giver has, at least minus what an asker wants.
        rowLower: rows.map((units) => (units < 0 ? units : -infinite)),
        rowUpper: rows.map((units) => (units < 0 ? infinite : units)),
        matrix: {
          format: 'csc',
          numRows: nodes,
          numCols: arcs,
          starts: Int32Array.from({ length: arcs + 1 }, (_, arc) => 2 * arc),
          indices: Int32Array.from({ length: 2 * arcs }, (_, at) =>
            Number((at % 2 === 0 ? problem.from : problem.to)[at >> 1]),
          ),
          values: Float64Array.from({ length: 2 * arcs }, (_, at) => (at % 2 === 0 ? 1 : -1)),
        },
      },
      (model) => {
        model.options.set({ output_flag: false })
        model.run()
        if (model.getModelStatus() !== highs.constants.modelStatus.optimal) throw new Error('HiGHS found no optimum')
        return model.getObjectiveValue()
      },
    )
    return { objective, seconds: (performance.now() - started) / 1000 }
  }
}
