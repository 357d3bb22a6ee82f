// Moves a row of a ranking in place and says where it is now. Without this script each press asks the server
// for the page in its new order.
const list = document.querySelector("ol.ranking");
const status = document.getElementById("moved");

if (list) {
  const form = list.closest("form");
  const rank = (row) => row.querySelector('[name^="rank-"]');
  // The numbers as the server wrote them, in the reader's digits.
  const numbers = [...list.querySelectorAll(".rank")].map((each) => each.textContent);

  function number() {
    [...list.children].forEach((row, place) => {
      rank(row).value = place + 1;
      row.querySelector(".rank").textContent = numbers[place];
    });
  }

  // What was kept on this device (keep.js) comes back as ranks: the rows follow them.
  function follow() {
    const rows = [...list.children].sort((one, other) => rank(one).value - rank(other).value);
    list.append(...rows);
    number();
  }

  function tell(row) {
    const place = numbers[[...list.children].indexOf(row)];
    status.textContent = status.dataset.moved.replace("{name}", row.dataset.name).replace("{place}", place);
  }

  function move(row, way) {
    const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (other) {
      if (way === "up") other.before(row);
      else other.after(row);
      number();
      form.elements.untouched?.remove();
    }
    tell(row);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="move"]');
    if (!button) return;
    event.preventDefault();
    move(button.closest("li"), button.value.split("-", 1)[0]);
    button.focus(); // a row that was moved loses the focus in some browsers
  });

  list.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const button = event.target.closest('button[name="move"]');
    if (!way || !button) return;
    event.preventDefault();
    move(button.closest("li"), way);
    button.focus();
  });

  follow();
}
