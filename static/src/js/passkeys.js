// Passkeys: asks the browser for one, and sends what it says. Without this file a code from an app works.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options, alone) {
  const asks = { ...options.publicKey, challenge: decode(options.publicKey.challenge) };
  if (asks.user) asks.user = { ...asks.user, id: decode(asks.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (asks[list]) asks[list] = asks[list].map((known) => ({ ...known, id: decode(known.id) }));
  }
  if (alone) {
    const wishes = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    asks.authenticatorSelection = { ...asks.authenticatorSelection, ...wishes };
  }
  return { publicKey: asks };
}

function told(credential) {
  const said = { type: credential.type, id: credential.id, rawId: encode(credential.rawId), response: {} };
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) said.response[part] = encode(credential.response[part]);
  }
  said.clientExtensionResults = credential.getClientExtensionResults();
  return JSON.stringify(said);
}

async function optionsFor(place) {
  if (!place.dataset.passkeyOptions) return JSON.parse(document.getElementById("passkey-options").textContent);
  const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  return (await fetch(place.dataset.passkeyOptions, { headers })).json();
}

async function use(place, form) {
  const options = await optionsFor(place);
  const ask = options.creation_options || options.request_options;
  const alone = form.elements.passwordless ? form.elements.passwordless.checked : false;
  const credential = await navigator.credentials[place.dataset.passkey](asked(ask, alone));
  form.elements.credential.value = told(credential);
  form.submit();
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const form = place.querySelector("form");
  const says = place.querySelector("[data-passkey-says]");
  place.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    says.textContent = "";
    use(place, form).catch(() => (says.textContent = says.dataset.textFailed));
  });
}
