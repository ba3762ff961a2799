// Drives To Do by @pnp/graph, as a program of its users would, and tells what it saw as JSON.
// Its one argument says where and by what token: {url, token}.
import { DefaultHeaders, DefaultInit, graphfi } from "@pnp/graph";
import { BearerToken, BrowserFetch, DefaultParse } from "@pnp/queryable";
import "@pnp/graph/to-do/index.js";
import "@pnp/graph/users/index.js";

const asked = JSON.parse(process.argv[2]);
const graph = graphfi(`${asked.url}/v1.0`).using(
  DefaultHeaders(),
  DefaultInit(`${asked.url}/v1.0`),
  BrowserFetch(),
  DefaultParse(),
  BearerToken(asked.token),
);
const saw = {};

async function driveList() {
  const lists = graph.me.todo.lists;
  saw.lists = (await lists()).map((list) => [list.displayName, list.wellknownListName]);
  const made = await lists.add({ displayName: "Moving" });
  await lists.getById(made.id).update({ displayName: "Moving house" });
  saw.renamed = (await lists.getById(made.id)()).displayName;
  return lists.getById(made.id);
}

async function driveTasks(list) {
  const made = await list.tasks.add({
    title: "Pack books",
    body: { content: "Thirty boxes", contentType: "text" },
    dueDateTime: { dateTime: "2026-03-04T15:30:00", timeZone: "UTC" },
  });
  for (let number = 0; number < 60; number++) {
    await list.tasks.add({ title: `Box ${number}` });
  }
  const found = await list.tasks.filter("startswith(title,'Box 5')").orderBy("createdDateTime")();
  saw.found = found.map((task) => task.title);
  let walked = 0;
  for await (const page of list.tasks.top(25)) {
    walked += page.length;
  }
  saw.walked = walked;
  const task = list.tasks.getById(made.id);
  await task.update({ title: "Pack all books", status: "completed" });
  const read = await task();
  saw.task = [read.title, read.body.content, read.dueDateTime.dateTime, read.status];
  return task;
}

async function driveParts(task) {
  const item = await task.checklistItems.add({ displayName: "Novels" });
  await task.checklistItems.getById(item.id).update({ isChecked: true });
  saw.checklist = (await task.checklistItems()).map((one) => [one.displayName, one.isChecked]);
  const link = await task.resources.add({ webUrl: "https://example.com/1", displayName: "One" });
  await task.resources.getById(link.id).update({ applicationName: "Shelf" });
  saw.linked = (await task.resources()).map((one) => [one.webUrl, one.applicationName]);
  await task.resources.getById(link.id).delete();
  saw.unlinked = (await task.resources()).length;
  const contentBytes = Buffer.from("one, two").toString("base64");
  const file = await task.attachments.add({
    name: "a.txt",
    contentType: "text/plain",
    contentBytes,
  });
  saw.files = (await task.attachments()).map((one) => one.name);
  await task.attachments.getById(file.id).delete();
}

async function driveDelta(list, task) {
  const page = await list.tasks.delta({ maxPageSize: 50 })();
  saw.delta = [page.values.length, (await page.next()()).length];
  const whole = await list.tasks.delta({ maxPageSize: 100 })();
  await list.tasks.add({ title: "Box 60" });
  await task.delete();
  const { values } = await whole.delta();
  saw.changed = values.map((one) => one.title ?? one["@removed"].reason).sort();
  saw.byLists = (await graph.me.todo.lists.delta()()).values.length;
}

const list = await driveList();
const task = await driveTasks(list);
await driveParts(task);
await driveDelta(list, task);
await list.delete();
try {
  await list();
} catch (error) {
  saw.gone = error.status;
}
console.log(JSON.stringify(saw));
