// Deciding on themes by keyboard. Every key presses, ticks or goes to what the page has anyway; they can be switched off.
const SWITCH = "coding-keys";
const form = document.getElementById("coding");
const keys = document.getElementById("keys");
const on = document.getElementById("keys-on");
const at = (id) => document.getElementById(id);

const kept = (() => {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
})();

function use(wanted) {
  on.checked = wanted;
  document.documentElement.classList.toggle("uses-keys", wanted);
}

if (keys) {
  at("keys-off").hidden = false;
  use(kept);
  on.addEventListener("change", () => {
    use(on.checked);
    try {
      localStorage.setItem(SWITCH, on.checked ? "on" : "off");
    } catch {
      // It holds until the page is left.
    }
  });
}

const ticks = () => [...form.querySelectorAll('input[name="theme"]')];

function tick(box, wanted) {
  box.checked = wanted;
  if (box.name === "theme" && wanted) at("none").checked = false;
  if (box.name === "none" && wanted) for (const theme of ticks()) theme.checked = false;
}

function cycle(name) {
  const choices = [...form.querySelectorAll(`input[name="${name}"]`)];
  const next = choices[(choices.findIndex((each) => each.checked) + 1) % choices.length];
  next.checked = true;
  next.focus();
}

// The theme that was written in, with a tick of its own.
function add() {
  const wanted = at("other").value.trim().toLowerCase();
  const option = [...at("all-themes").options].find((each) => each.value.toLowerCase() === wanted);
  if (!option) return false;
  const known = ticks().find((each) => each.value === option.dataset.id);
  if (known) {
    tick(known, true);
  } else {
    const line = at("one-more").content.firstElementChild.cloneNode(true);
    const [box, label] = [line.querySelector("input"), line.querySelector("label")];
    box.id = label.htmlFor = `added-by-${option.dataset.id}`;
    box.value = option.dataset.id;
    label.textContent = option.value;
    at("added").append(line);
    tick(box, true);
  }
  at("other").value = "";
  at("other").blur();
  return true;
}

const DOES = {
  a: () => form?.querySelectorAll(".suggested input").forEach((box) => tick(box, true)),
  t: () => at("other")?.focus(),
  n: () => form && tick(at("none"), !at("none").checked),
  s: () => form && cycle("sentiment"),
  u: () => form && cycle("urgent"),
  q: () => at("quotable")?.click(),
  z: () => at("undo")?.click(),
  "?": () => {
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  },
};

function press(event) {
  if (!on?.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const where = event.target;
  if (where.id === "other") {
    if (event.key === "Enter" && add()) event.preventDefault();
    else if (event.key === "Escape") where.blur();
    return;
  }
  if (where.matches("select, textarea, input:not([type=checkbox], [type=radio])")) return;
  if (event.key === "Enter") {
    if (form && !where.closest("a, button, summary")) {
      event.preventDefault();
      at("settle").click();
    }
    return;
  }
  const suggested = /^[1-9]$/.test(event.key) && at(`theme-${event.key}`);
  const does = suggested ? () => tick(suggested, !suggested.checked) : DOES[event.key.toLowerCase()];
  if (!does) return;
  event.preventDefault();
  does();
}

document.addEventListener("keydown", press);
form?.addEventListener("change", (event) => {
  if (event.target.matches('[name="theme"], [name="none"]')) tick(event.target, event.target.checked);
});
at("add")?.addEventListener("click", (event) => {
  if (add()) event.preventDefault();
});
