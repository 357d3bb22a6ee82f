// Says again what a move did: a page that has just loaded is not read out by itself where it says "status".
const said = document.querySelector("[data-announce]");
const words = said?.textContent.trim();
if (words) {
  said.textContent = "";
  requestAnimationFrame(() => requestAnimationFrame(() => { said.textContent = words; }));
}
