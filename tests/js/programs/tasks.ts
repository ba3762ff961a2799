// A program as one is written with @types/sharepoint and our declarations. It is checked, not run.

import OM = SP.WorkManagement.OM;

const context = SP.ClientContext.get_current();
const manager = new OM.UserOrderedSessionManager(context);
const session: OM.UserOrderedSession = manager.createSession();
const tasks: OM.TaskClientCollection = session.readTasks(new OM.TaskQuery(context));

export function load(): void {
  context.load(tasks, "Include(Id, Name)");
  const found: OM.Task[] = context.loadQuery(tasks, "Include(Id)");
  context.executeQueryAsync(
    () => {
      const enumerator = tasks.getEnumerator();
      while (enumerator.moveNext()) {
        const task: OM.Task = enumerator.current;
        const due: Date = task.get_dueDate();
        console.log(task.get_id() + 1, task.get_name().length, due.getFullYear(), found.length);
      }
      const pinned: boolean = tasks.getItemAtIndex(0).get_pinAge() !== OM.PinAge.noValue;
      console.log(pinned, tasks.get_item(0).get_customAttributes().join());
    },
    (_, args) => console.error(args.get_message(), args.get_errorCode()),
  );
}

export function write(): SP.BooleanResult {
  const written = session.createTask("Buy bulbs", null, null, "2016-11-23", false, false, -1);
  const result: OM.Task = written.get_result();
  context.load(written);
  context.load(result);
  session.updateTaskWithLocalizedValue(1, OM.WritableTaskField.title, "Buy tulips");
  session.updateTaskWithLocalizedValue(1, OM.WritableTaskField.dueDate);
  session.reorderTask(1, -1);
  const error: OM.WriteFieldErrorType = written.get_error();
  console.log(error === OM.WriteFieldErrorType.titleInvalid);
  return session.beginExchangeSync();
}

export function query(): OM.LocationGroupClientCollection | OM.TaskClientCollection {
  const sorted = new OM.SortableSessionManager(context).createSession();
  const order = new OM.OrderInfo(context);
  order.set_field(OM.SortableTaskField.dueDate);
  order.set_isDescending(true);
  const core = new OM.TaskQuery(context);
  core.set_keywordFilter(null);
  core.set_pinnedFilter(OM.PinnedState.pinned);
  const sortable = new OM.SortableTaskQuery(context);
  sortable.set_coreQuery(core);
  sortable.set_order(order);
  return sorted.readTasks(sortable);
}

export function settings(): void {
  const user = new OM.UserSettingsManager(context);
  const locations: OM.LocationClientCollection = user.getLocations([1, 2]);
  context.load(locations);
  const properties = new OM.PersistedProperties(context);
  properties.set_filteredLocationIds([-1]);
  user.setPersistedProperties(properties);
  const state = user.getExchangeSyncInfo();
  // @ts-expect-error it is read-only
  state.set_isOptedIn(true);
  const optedIn: SP.IntResult = user.optIntoExchangeSync();
  console.log(optedIn.get_value() === OM.ExchangeOptInResult.success);
}

export function mistakes(): void {
  // @ts-expect-error a task is known by its number
  session.pinTask("1");
  // @ts-expect-error there is no such method
  session.completeTask(1);
  // @ts-expect-error a field is not written by its name
  session.updateTaskWithLocalizedValue(1, "title", "a");
  // @ts-expect-error a path is needed: no program makes one
  console.log(new OM.CalloutInfo(context));
}

export function scopes(): void {
  const scope = new SP.ExceptionHandlingScope(context);
  const started = scope.startScope();
  const tried = scope.startTry();
  session.deleteTask(1);
  tried.dispose();
  started.dispose();
  const web = context.get_web();
  const test = new SP.ClientObjectPropertyConditionalScope(
    web,
    "Title",
    SP.ClientConstants.equal,
    "a",
  );
  console.log(scope.get_hasException(), test.get_testResult(), web.get_title());
}
