// A list with names becomes a list with keys, and nothing leaves the browser: the page may not connect to anything.
// The keys are those of surveys/ledger/keys.py, and what goes on of a row is what surveys/ledger/hashing.py keeps; a
// test holds both together.
const KEPT = ["survey", "partner", "kind", "asked_at", "outcome", "minutes", "way", "audience", "language"];
const form = document.getElementById("hashing");
const said = document.getElementById("made");
const download = document.getElementById("download");
const selects = [...document.querySelectorAll("[data-part]")];
let table = null;

document.getElementById("list").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  table = file ? parsed(await textOf(file)) : null;
  document.getElementById("columns").hidden = !table;
  for (const select of selects) {
    const names = table ? table[0] : [];
    select.replaceChildren(...names.map((name, place) => new Option(name, place)));
    select.selectedIndex = Math.max(0, names.findIndex((name) => plainName(name) === select.dataset.part));
  }
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  download.hidden = true;
  const written = document.getElementById("ledger-key").value.trim();
  if (!/^gtk1-[0-9a-f]{64}$/.test(written)) return say(said.dataset.badKey);
  if (!table) return say(said.dataset.noFile);
  const key = await importedKey(written.slice(5));
  const [header, ...rows] = table;
  const places = Object.fromEntries(selects.map((select) => [select.dataset.part, Number(select.value)]));
  const kept = KEPT.map((name) => [name, header.findIndex((each) => plainName(each) === name)]).filter(([, at]) => at >= 0);
  const made = [["family", "person", ...kept.map(([name]) => name)]];
  let missed = 0;
  for (const row of rows) {
    const family = await keyOf(key, "family", partsOf("family", places, row));
    if (!family) { missed += 1; continue; }
    const person = await keyOf(key, "person", partsOf("person", places, row));
    made.push([`f1-${family}`, person ? `p1-${person}` : "", ...kept.map(([, at]) => row[at] ?? "")]);
  }
  if (made.length === 1) return say(said.dataset.noRow);
  URL.revokeObjectURL(download.href);
  download.href = URL.createObjectURL(new Blob([made.map(line).join("")], { type: "text/csv" }));
  download.hidden = false;
  say(said.dataset.made.replace("{written}", made.length - 1).replace("{missed}", missed));
  download.focus();
});

function say(text) {
  said.textContent = text;
  said.hidden = false;
}

function partsOf(of, places, row) {
  return form.dataset[of].split(",").map((part) => [part, row[places[part]] ?? ""]);
}

async function textOf(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function plainName(name) {
  return name.trim().split(/\s+/).join(" ").toLowerCase();
}

// RFC 4180, with semicolons or tabs where the header has more of those than commas.
function parsed(text) {
  const header = text.slice(0, text.search(/\r|\n|$/));
  const mark = [",", ";", "\t"].reduce((most, each) => (header.split(each).length > header.split(most).length ? each : most));
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    const row = rows.at(-1);
    if (quoted) {
      if (letter !== '"') row[row.length - 1] += letter;
      else if (text[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; } else quoted = false;
    } else if (letter === '"' && row.at(-1) === "") quoted = true;
    else if (letter === mark) row.push("");
    else if (letter === "\n") rows.push([""]);
    else if (letter !== "\r") row[row.length - 1] += letter;
  }
  return rows.filter((row) => row.some((cell) => cell.trim()));
}

function line(cells) {
  return `${cells.map((cell) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}

async function importedKey(hex) {
  const bytes = new Uint8Array(hex.match(/../g).map((each) => Number.parseInt(each, 16)));
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function keyOf(key, of, parts) {
  const lines = [];
  for (const [part, written] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const made = inOneForm(part, written);
    if (!made) return "";
    lines.push(`${part}=${made}`);
  }
  const digest = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode([of, ...lines].join("\n")));
  return [...new Uint8Array(digest).slice(0, 16)].map((each) => each.toString(16).padStart(2, "0")).join("");
}

function inOneForm(part, written) {
  const text = written.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  switch (part) {
    case "email":
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text) ? text : "";
    case "phone":
      return phone(text);
    case "surname":
    case "reference":
      return text.replace(/[^\p{L}\p{N}]/gu, "");
    case "postcode":
    case "upn":
      return text.replace(/[^a-z0-9]/g, "");
    case "born":
      return born(text);
    case "nhs_number": {
      const digits = text.replace(/[^0-9]/g, "");
      return digits.length === 10 ? digits : "";
    }
    default:
      return "";
  }
}

function phone(text) {
  let digits = text.replace(/[^0-9+]/g, "");
  for (const abroad of ["+44", "0044"]) {
    if (digits.startsWith(abroad)) digits = `0${digits.slice(abroad.length).replace(/^0/, "")}`;
  }
  return digits.length >= 9 && digits.length <= 16 ? digits : "";
}

function born(text) {
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const day = found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return "";
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().slice(0, 10) === day ? day : "";
}
