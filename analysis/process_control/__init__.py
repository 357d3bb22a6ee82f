"""Statistical process control: which series by term changed, as soon as the numbers say so and no sooner.

What each rule does, how often it speaks by chance, and where it comes from is told in ``docs/process-control.md``.

- `results`: Point, Signal, Watched, Chart (of shares); MeanPoint, MeanSignal, WatchedMeans, MeanChart. Plain
- `watching`: `watch(series, term=, breaks=)`: signals of shares by term, with how many chance alone would give
- `charts`: `chart(points, breaks=)`: centre and limits to draw
- `means`: `watch_means(series)`, `mean_chart(points)`: figures that are no shares
- `chance`: the exact chances; `moving_ranges`: variation beyond chance; `comparable`: which terms compare; `many`: many
  series at once

Importing `results`, `watching`, `charts` and `means` is cheap; calling what they do imports numpy, `means` scipy.
"""
