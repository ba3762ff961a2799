// Signs in by Microsoft's own library for Node, as a program would, and tells what it got as JSON.
// Its one argument says where, and what has been done for it: {authority, url, step, ...}.
import * as msal from "@azure/msal-node";

const asked = JSON.parse(process.argv[2]);
const scopes = ["https://outlook.office.com/Tasks.ReadWrite"];
const redirectUri = "http://localhost:4711/back";
const auth = {
  clientId: "11112222-3333-4444-5555-666677778888",
  authority: asked.authority,
  knownAuthorities: [new URL(asked.authority).host],
};

async function readTasks(token) {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${asked.url}/api/v2.0/me/tasks`, { headers });
  return answer.status;
}

// What somebody does on the page, whose answer leads back to the app.
async function click(address, form) {
  const body = new URLSearchParams(form);
  return fetch(address, { method: "POST", body, redirect: "manual" });
}

async function byCode() {
  const app = new msal.PublicClientApplication({ auth });
  const { verifier, challenge } = await new msal.CryptoProvider().generatePkceCodes();
  const address = await app.getAuthCodeUrl({
    scopes,
    redirectUri,
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    state: "kept",
  });
  const answer = await click(address, { user: "dan@contoso.example" });
  const back = new URL(answer.headers.get("location"));
  const code = back.searchParams.get("code");
  const result = await app.acquireTokenByCode({
    scopes,
    redirectUri,
    code,
    codeVerifier: verifier,
  });
  const silent = await app.acquireTokenSilent({ scopes, account: result.account });
  const renewed = await app.acquireTokenSilent({
    scopes,
    account: result.account,
    forceRefresh: true,
  });
  return {
    state: back.searchParams.get("state"),
    username: result.account.username,
    cached: silent.fromCache && silent.accessToken === result.accessToken,
    renewed: !renewed.fromCache,
    tasks: await readTasks(renewed.accessToken),
  };
}

async function byDevice() {
  const app = new msal.PublicClientApplication({ auth });
  const deviceCodeCallback = async (told) => {
    await click(told.verificationUri, { user_code: told.userCode, user: "eve@contoso.example" });
  };
  const result = await app.acquireTokenByDeviceCode({ scopes, deviceCodeCallback });
  return { username: result.account.username, tasks: await readTasks(result.accessToken) };
}

async function byPassword() {
  const app = new msal.PublicClientApplication({ auth });
  const username = "fay@contoso.example";
  const result = await app.acquireTokenByUsernamePassword({ scopes, username, password: "any" });
  return { username: result.account.username, tasks: await readTasks(result.accessToken) };
}

async function asApp() {
  // An app on its own must say which tenant it means.
  const authority = asked.authority.replace("/common", "/contoso.example");
  const app = new msal.ConfidentialClientApplication({
    auth: { ...auth, authority, clientSecret: "any" },
  });
  const result = await app.acquireTokenByClientCredential({
    scopes: ["https://outlook.office.com/.default"],
  });
  return { tasks: await readTasks(result.accessToken) };
}

console.log(
  JSON.stringify({
    code: await byCode(),
    device: await byDevice(),
    password: await byPassword(),
    app: await asApp(),
  }),
);
