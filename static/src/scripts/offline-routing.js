// Which questions somebody is asked, and what to do about an answer: what surveys/routing.py and
// surveys/question_types do on the server, which looks again at everything that is sent.
const RATHER_NOT_SAY = "rather_not_say";
const YES = "yes";
const NO_CONTACT = "no_contact";
const SEVERAL = /^(option|rank|sort)-/;

function codes(form) {
  const found = Object.keys(form).filter((name) => SEVERAL.test(name) && form[name]);
  return [form.answer, ...found.map((name) => name.replace(SEVERAL, ""))].filter(Boolean);
}

function holds([concept, wanted], answers) {
  const given = answers[concept];
  return given !== undefined && codes(given.form).some((code) => wanted.includes(code));
}

function letsGoOn(question, answers) {
  return question.kind !== "consent" || answers[question.concept]?.form.answer === YES;
}

// A condition sees answers to questions on the way alone: what was said on a branch that was left leads nowhere.
export function path(questions, answers) {
  const asked = [];
  const seen = {};
  for (const question of questions) {
    if (!question.conditions.every((condition) => holds(condition, seen))) continue;
    asked.push(question);
    if (!letsGoOn(question, answers)) break;
    if (answers[question.concept] !== undefined) seen[question.concept] = answers[question.concept];
  }
  return asked;
}

export function stopsHere(question, answers) {
  return !letsGoOn(question, answers);
}

// How many more questions the way may get from choices that lie at `place` or after it.
export function stillToCome(questions, answers, place) {
  const agreed = { ...answers };
  for (const each of questions) if (!letsGoOn(each, answers)) agreed[each.concept] = { form: { answer: YES } };
  const asked = path(questions, agreed);
  const seen = Object.fromEntries(asked.map(({ concept }) => [concept, agreed[concept]]).filter(([, given]) => given));
  const mayBeAsked = new Set(asked.map((each) => each.concept));
  const concepts = questions.map((each) => each.concept);
  const open = new Map();
  for (const question of questions) {
    const unmet = question.conditions.filter((condition) => !holds(condition, seen));
    if (unmet.length !== 1) continue;
    const [concept, wanted] = unmet[0];
    const isLater = concepts.indexOf(concept) >= concepts.indexOf(place);
    if (seen[concept] === undefined && mayBeAsked.has(concept) && isLater) {
      mayBeAsked.add(question.concept);
      const routes = open.get(concept) ?? new Map();
      routes.set(wanted.join(), (routes.get(wanted.join()) ?? 0) + 1);
      open.set(concept, routes);
    }
  }
  let more = asked.length - path(questions, answers).length;
  for (const routes of open.values()) more += Math.max(...routes.values());
  return more;
}

// A number in the digits of any script, or null.
function number(written) {
  if (!/^\p{Nd}{1,4}$/u.test(written)) return null;
  let value = 0;
  for (const digit of written) {
    let zero = digit.codePointAt(0);
    // The digits of a script stand in a row, and nothing that is a digit stands before its zero.
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    value = value * 10 + (digit.codePointAt(0) - zero);
  }
  return value;
}

function dateProblem(form, months) {
  const [day, month, year] = ["day", "month", "year"].map((name) => (form[name] ?? "").trim());
  const some = day || month || year;
  if (form.answer === RATHER_NOT_SAY) return some ? "both_dated" : null;
  if (!some) return "no_date";
  if (!(day && month && year)) return "date_half";
  const [d, y] = [number(day), number(year)];
  if (y === null || y < 1900 || y > 2100) return "date_year";
  const m = number(month) ?? months[month.toLowerCase().replace(/\.+$/, "")] ?? 0;
  const real = new Date(Date.UTC(y, m - 1, d ?? 0));
  return m >= 1 && m <= 12 && real.getUTCMonth() === m - 1 && real.getUTCDate() === d ? null : "no_such_day";
}

function postcodeProblem(form) {
  const written = (form.area ?? "").trim();
  if (form.answer === RATHER_NOT_SAY) return written ? "both_placed" : null;
  if (!written) return "no_postcode";
  const letters = written.replace(/[\s.-]/g, "").toUpperCase();
  return /^[A-Z]{1,2}[0-9][0-9A-Z]?([0-9][A-Z]{2})?$/.test(letters) ? null : "not_a_postcode";
}

function contactProblem(form) {
  const reach = (form.reach ?? "").split(/\s+/).filter(Boolean).join(" ");
  if (!form.answer) return reach ? "reach_without_way" : "nothing_chosen";
  if (!reach) return null;
  if ([NO_CONTACT, RATHER_NOT_SAY].includes(form.answer)) return "reach_without_way";
  if ([...reach].length > 300) return "reach_too_long";
  const digits = [...reach].filter((letter) => /\p{Nd}/u.test(letter)).length;
  if (["phone", "text"].includes(form.answer) && digits < 7) return "reach_number";
  const isAddress = reach.replace(/^@+|@+$/g, "").includes("@") && !reach.includes(" ");
  return form.answer === "email" && !isAddress ? "reach_email" : null;
}

function textProblem(question, form) {
  const text = (form.text ?? "").replace(/\r\n/g, "\n").trim();
  if (form.answer === RATHER_NOT_SAY) return text ? "two_answers" : null;
  if (!text) return "nothing_written";
  return [...text].length > question.limit ? "too_long" : null;
}

function severalProblem(question, form) {
  const chosen = question.options.filter((code) => form[`option-${code}`]).length;
  if (form.answer === RATHER_NOT_SAY) return chosen ? "both_chosen" : null;
  if (!chosen) return "none_chosen";
  return question.most && chosen > question.most ? "too_many" : null;
}

function sortingProblem(question, form) {
  const sorted = question.options.filter((code) => form[`sort-${code}`]).length;
  if (form.answer === RATHER_NOT_SAY) return null;
  if (!sorted) return "nothing_chosen";
  return sorted < question.options.length ? "not_all_sorted" : null;
}

// The code of what is wrong with an answer, or null.
export function problemWith(question, form, months) {
  switch (question.kind) {
    case "information":
      return null;
    case "free_text":
      return textProblem(question, form);
    case "multiple_choice":
    case "feelings":
      return severalProblem(question, form);
    case "sorting":
      return sortingProblem(question, form);
    case "ranking":
      return null; // every card has a place, or the person would rather not say
    case "date":
      return dateProblem(form, months);
    case "postcode_area":
      return postcodeProblem(form);
    case "contact":
      return contactProblem(form);
    default:
      return form.answer ? null : "nothing_chosen";
  }
}

// How long what was written is, or how many were chosen: what some problems name.
export function lengthOf(question, form) {
  if (question.kind === "contact") return [...(form.reach ?? "")].length;
  if (question.kind === "free_text") return [...(form.text ?? "").trim()].length;
  return question.options.filter((code) => form[`option-${code}`]).length;
}
