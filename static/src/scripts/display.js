// Changes how pages look at once, without a page load, and remembers it on this device.
// Without this script the same buttons post a form.
const root = document.documentElement;

function remember() {
  const settings = [...root.classList].filter((name) => /^(size|space|colours|pictures|ruler|motion)-/.test(name));
  const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; Secure"] : ["", ""]; // as in cookies.py
  document.cookie = `${prefix}display=${settings.join(".")}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="display"]');
  if (!button) return;
  event.preventDefault();
  const [name, value] = button.value.split(".");
  root.classList.remove(...[...root.classList].filter((known) => known.startsWith(`${name}-`)));
  root.classList.add(`${name}-${value}`);
  for (const other of button.parentElement.querySelectorAll("button")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  remember();
  rule();
});

// The reading ruler follows the pointer, or the element that has the focus.
let band = null;

function rule() {
  const on = root.classList.contains("ruler-on");
  if (on && !band) {
    band = document.createElement("div");
    band.className = "ruler-band";
    band.setAttribute("aria-hidden", "true");
    document.body.append(band);
  } else if (!on && band) {
    band.remove();
    band = null;
  }
}

function move(top) {
  if (band) band.style.top = `${top - band.offsetHeight / 2}px`;
}

document.addEventListener("pointermove", (event) => move(event.clientY), { passive: true });
document.addEventListener("focusin", (event) => {
  const place = event.target.getBoundingClientRect();
  move(place.top + place.height / 2);
});

rule();
document.querySelector("[data-focus]")?.focus();
