// A device that many people use makes room for the next one: at once on a receipt, on a question after some minutes
// without a touch. It says so first, and "I am still here" keeps the page. Without this script there is a button.

// Says it in `place`, whose data has the words and the seconds, and then calls `leave`. Returns what ends it all.
export function makeRoom(place, leave) {
  const quiet = Number(place.dataset.quietSeconds || 0);
  const over = new AbortController();
  let left = 0;
  let waiting = null;
  let counting = null;

  const note = document.createElement("div");
  note.className = "leaving";
  note.hidden = true;
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "button plain";
  stay.textContent = place.dataset.stay;
  note.append(words, stay);
  place.prepend(note);

  function say() {
    const seconds = new Intl.NumberFormat(document.documentElement.lang).format(left);
    words.textContent = place.dataset.leaving.replace("{}", seconds);
  }

  function count() {
    left -= 1;
    // Said by screen readers every ten seconds only.
    if (left % 10 === 0 || left < 4) say();
    if (left <= 0) {
      clearInterval(counting);
      leave();
    }
  }

  function begin() {
    left = Number(place.dataset.seconds);
    note.hidden = false;
    say();
    counting = setInterval(count, 1000);
  }

  function startOver() {
    clearInterval(counting);
    clearTimeout(waiting);
    note.hidden = true;
    if (quiet) waiting = setTimeout(begin, quiet * 1000);
  }

  stay.addEventListener("click", () => {
    startOver();
    if (!quiet) waiting = setTimeout(begin, 180 * 1000);
  });

  if (quiet) {
    for (const touch of ["pointerdown", "keydown", "input", "scroll"]) {
      addEventListener(touch, () => { if (note.hidden) startOver(); }, { passive: true, signal: over.signal });
    }
    startOver();
  } else {
    begin();
  }

  return () => {
    over.abort();
    clearTimeout(waiting);
    clearInterval(counting);
  };
}

const place = document.querySelector("[data-next-person]");
// Replaced, so that the button Back of the browser does not lead to somebody else's pages.
if (place) makeRoom(place, () => location.replace(place.dataset.nextPerson));
