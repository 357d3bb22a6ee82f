// The certified OpenID provider of panva on loopback, for tests. It lets in whoever the header "x-person" names, and
// tells such lies as a test asked for with POST /test/lie. It prints its address as one line of JSON.
import http from "node:http";
import { Provider } from "oidc-provider";
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, exportSPKI, generateKeyPair } from "jose";

const [, , clientsWritten] = process.argv;
const clients = JSON.parse(clientsWritten);
const people = new Map();
let lie = null;
let service;
let key;
const other = await generateKeyPair("RS256", { extractable: true });

const server = http.createServer(async (request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  if (path === "/test/lie") {
    lie = JSON.parse(await textOf(request));
    return response.end();
  }
  if (path === "/test/new-keys") {
    await open();
    return response.end();
  }
  if (lie?.down?.includes(path)) {
    response.statusCode = lie.status ?? 503;
    return response.end(lie.body ?? "");
  }
  if (path.startsWith("/interaction/")) {
    const person = JSON.parse(request.headers["x-person"]);
    people.set(person.sub, person);
    const answer = person.sub ? { login: { accountId: person.sub } } : { error: "access_denied" };
    return service.interactionFinished(request, response, answer, { mergeWithLastSubmission: false });
  }
  return service.callback()(request, response);
});

server.listen(0, "127.0.0.1", async () => {
  await open();
  console.log(JSON.stringify({ issuer: issuer() }));
});

function issuer() {
  return `http://127.0.0.1:${server.address().port}`;
}

// Opens the service, with keys that it never had before.
async function open() {
  const pair = await generateKeyPair("RS256", { extractable: true });
  const kid = crypto.randomUUID();
  key = { ...pair, kid };
  service = new Provider(issuer(), {
    clients,
    jwks: { keys: [{ ...(await exportJWK(pair.privateKey)), kid, alg: "RS256", use: "sig" }] },
    cookies: { keys: ["only for tests"] },
    claims: { email: ["email", "email_verified"], profile: ["preferred_username", "upn"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    async findAccount(_, id) {
      return { accountId: id, claims: async () => people.get(id) };
    },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  service.use(async (ctx, next) => {
    await next();
    if (!lie || !ctx.oidc) return;
    if (ctx.oidc.route === "token" && ctx.body.id_token && lie.token) ctx.body.id_token = await forged(ctx.body.id_token);
    if (ctx.oidc.route === "userinfo" && lie.told) ctx.body = { ...ctx.body, ...lie.told };
    if (ctx.oidc.route === "discovery" && lie.described) ctx.body = { ...ctx.body, ...lie.described };
  });
}

async function forged(token) {
  const { claims = {}, without = [], signed = "well", header = {} } = lie.token;
  const all = { ...decodeJwt(token), ...claims };
  for (const name of without) delete all[name];
  const jwt = new SignJWT(all);
  switch (signed) {
    case "not":
      return new UnsecuredJWT(all).encode();
    case "by another":
      return jwt.setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(other.privateKey);
    case "by a key it brings along":
      return jwt.setProtectedHeader({ alg: "RS256", jwk: await exportJWK(other.publicKey) }).sign(other.privateKey);
    case "by the public key": {
      const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
      return jwt.setProtectedHeader({ alg: "HS256", kid: key.kid }).sign(secret);
    }
    case "by our secret": {
      const secret = new TextEncoder().encode(clients[0].client_secret);
      return jwt.setProtectedHeader({ alg: "HS256" }).sign(secret);
    }
    case "and changed": {
      const whole = await jwt.setProtectedHeader({ alg: "RS256", kid: key.kid }).sign(key.privateKey);
      const [head, , signature] = whole.split(".");
      const body = Buffer.from(JSON.stringify({ ...all, sub: "somebody-else" })).toString("base64url");
      return [head, body, signature].join(".");
    }
    default:
      return jwt.setProtectedHeader({ alg: "RS256", kid: key.kid, ...header }).sign(key.privateKey, { crit: { ours: true } });
  }
}

async function textOf(request) {
  let text = "";
  for await (const part of request) text += part;
  return text;
}
