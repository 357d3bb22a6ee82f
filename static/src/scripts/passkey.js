// Asks the browser for a passkey, and sends what it says with the form. The page says what to do where there are none.
const asking = document.querySelector("[data-passkey]");
const form = asking.closest("form");
const stopped = asking.querySelector("[data-stopped]");
const BYTES = ["challenge", "id"];

if (window.PublicKeyCredential) {
  asking.querySelector("[data-without]").hidden = true;
  asking.querySelector("[data-with]").hidden = false;
  form.addEventListener("submit", ask);
}

async function ask(event) {
  event.preventDefault();
  stopped.hidden = true;
  try {
    const publicKey = withBytes(JSON.parse(asking.dataset.options));
    const credential = await navigator.credentials[asking.dataset.passkey]({ publicKey });
    form.elements.response.value = JSON.stringify(inWords(credential));
    form.submit();
  } catch {
    stopped.hidden = false;
  }
}

// Keys travel as base64url; browsers want bytes. Older ones do not turn one into the other by themselves.
function withBytes(options) {
  if (Array.isArray(options)) return options.map(withBytes);
  if (options === null || typeof options !== "object") return options;
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      const isRelyingParty = name === "id" && "name" in options && !("displayName" in options);
      return [name, BYTES.includes(name) && !isRelyingParty ? bytes(value) : withBytes(value)];
    }),
  );
}

function inWords(credential) {
  const { response } = credential;
  const said = { clientDataJSON: base64url(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = base64url(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return { id: credential.id, rawId: base64url(credential.rawId), type: credential.type, response: said };
}

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function base64url(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
