// Drives To Do by @microsoft/microsoft-graph-client, as a program of its users would, and tells what
// it saw as JSON. Its one argument says where and by what token: {url, token}; the URL is https.
import graph from "@microsoft/microsoft-graph-client";

const asked = JSON.parse(process.argv[2]);
const client = graph.Client.initWithMiddleware({
  authProvider: { getAccessToken: async () => asked.token },
  baseUrl: asked.url,
  customHosts: new Set([new URL(asked.url).hostname]),
});
const LARGE = Buffer.alloc(5_000_000, "12345");
const saw = {};

async function driveLists() {
  const known = await client.api("/me/todo/lists").get();
  saw.lists = known.value.map((list) => [list.displayName, list.wellknownListName]);
  const made = await client.api("/me/todo/lists").post({ displayName: "Moving" });
  await client.api(`/me/todo/lists/${made.id}`).patch({ displayName: "Moving house" });
  saw.renamed = (await client.api(`/me/todo/lists/${made.id}`).get()).displayName;
  return `/me/todo/lists/${made.id}`;
}

async function driveTasks(list) {
  const made = await client.api(`${list}/tasks`).post({
    title: "Pack books",
    body: { content: "Thirty boxes", contentType: "text" },
    dueDateTime: { dateTime: "2026-03-04T15:30:00", timeZone: "UTC" },
    linkedResources: [{ webUrl: "https://example.com/1", displayName: "One" }],
  });
  saw.task = [made.title, made.body.content, made.dueDateTime.dateTime];
  for (let number = 0; number < 60; number++) {
    await client.api(`${list}/tasks`).post({ title: `Box ${number}` });
  }
  const page = await client
    .api(`${list}/tasks`)
    .filter("status ne 'completed'")
    .orderby("createdDateTime desc")
    .count(true)
    .top(25)
    .get();
  saw.count = page["@odata.count"];
  let walked = 0;
  const iterator = new graph.PageIterator(client, page, () => {
    walked += 1;
    return true;
  });
  await iterator.iterate();
  saw.walked = walked;
  const task = `${list}/tasks/${made.id}`;
  const done = await client.api(task).patch({ status: "completed", title: "Pack all books" });
  saw.completed = [done.title, done.status, "completedDateTime" in done];
  return task;
}

async function driveParts(task) {
  const item = await client.api(`${task}/checklistItems`).post({ displayName: "Novels" });
  const checked = await client.api(`${task}/checklistItems/${item.id}`).patch({ isChecked: true });
  saw.checklist = [checked.displayName, checked.isChecked, "checkedDateTime" in checked];
  const [link] = (await client.api(`${task}/linkedResources`).get()).value;
  saw.linked = [link.webUrl, link.displayName];
  await client.api(`${task}/extensions`).post({
    "@odata.type": "microsoft.graph.openTypeExtension",
    extensionName: "com.example.moving",
    room: "attic",
  });
  const shown = await client.api(task).expand("extensions").get();
  saw.extensions = shown.extensions.map((extension) => extension.room);
  const session = await graph.LargeFileUploadTask.createUploadSession(
    client,
    `${task}/attachments/createUploadSession`,
    { attachmentInfo: { attachmentType: "file", name: "large.bin", size: LARGE.length } },
  );
  const file = new graph.FileUpload(LARGE, "large.bin", LARGE.length);
  const options = { rangeSize: 3_276_800 };
  const sent = await new graph.LargeFileUploadTask(client, file, session, options).upload();
  saw.location = sent.location.includes("/attachments");
  const [attached] = (await client.api(`${task}/attachments`).get()).value;
  saw.file = attached.name;
  const stream = await client.api(`${task}/attachments/${attached.id}/$value`).getStream();
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
  }
  saw.content = length;
}

async function driveBatch(list, task) {
  const version = `${asked.url}/v1.0`;
  const content = new graph.BatchRequestContent([
    { id: "read", request: new Request(`${version}${task}`, { method: "GET" }) },
    {
      id: "new",
      request: new Request(`${version}${list}/tasks`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ title: "Box 60" }),
      }),
    },
  ]);
  const answered = await client.api("/$batch").post(await content.getContent());
  const responses = new graph.BatchResponseContent(answered);
  saw.batch = [responses.getResponseById("read").status, responses.getResponseById("new").status];
}

async function driveDelta(list, task) {
  let page = await client.api(`${list}/tasks/delta`).get();
  let seen = page.value.length;
  while (page["@odata.nextLink"]) {
    page = await client.api(page["@odata.nextLink"]).get();
    seen += page.value.length;
  }
  saw.delta = seen;
  await client.api(task).delete();
  const changed = await client.api(page["@odata.deltaLink"]).get();
  saw.changed = changed.value.map((entry) => entry["@removed"].reason);
}

const list = await driveLists();
const task = await driveTasks(list);
await driveParts(task);
await driveBatch(list, task);
await driveDelta(list, task);
await client.api(list).delete();
try {
  await client.api(list).get();
} catch (error) {
  saw.gone = [error.statusCode, error.code];
}
console.log(JSON.stringify(saw));
