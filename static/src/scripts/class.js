// Counts anew every few seconds how many have begun and sent. Without this script, "Count again" does it.
const counts = document.querySelector("[data-counts]");
const EVERY_MS = 4000;

async function countAgain() {
  try {
    const answer = await fetch(counts.dataset.counts, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    for (const [name, number] of Object.entries(await answer.json())) {
      const shown = counts.querySelector(`[data-count="${name}"]`);
      if (shown) shown.textContent = new Intl.NumberFormat(document.documentElement.lang).format(number);
    }
  } catch {
    // No connection just now: the next try may have one.
  }
}

if (counts) setInterval(countAgain, EVERY_MS);
