// Written by `python -m tests.tools.jsom --write` from the types that the server declares.
// They stand on those of the package @types/sharepoint.

/// <reference types="sharepoint" />

interface IEnumerator<T> {
  /** The same as `get_current()`; what programs use. */
  readonly current: T;
}

declare namespace SP.WorkManagement.OM {
  enum BooleanCompareType {
    noValue = 0,
    isTrue = 1,
    isFalse = 2,
  }
  enum CriterionConcatType {
    noValue = 0,
    all = 1,
    any = 2,
  }
  enum ExchangeOptInResult {
    noValue = 0,
    success = 1,
    unknownError = 2,
    couldNotConnectToExchange = 3,
    couldNotFindOrCreateMySite = 4,
    userAlreadyOptedIn = 5,
    userExchangeOperationPending = 6,
    unsupportedExchangeVersion = 7,
    missingEmailAddress = 8,
    exchangeWebServiceClientMissing = 9,
    unsupportedSharePointConfiguration = 10,
    invalidOrUnauthorizedUser = 11,
    couldNotActivateExchangeSyncFeatureOnSiteSubscription = 12,
  }
  enum ExchangeSyncResult {
    noValue = 0,
    success = 1,
    unknownError = 2,
    couldNotConnectToExchange = 3,
    couldNotGetUserCredentials = 4,
    couldNotKickoffJob = 5,
    syncWithErrors = 6,
  }
  enum PinAge {
    noValue = 0,
    fresh = 1,
    stale = 2,
  }
  enum PinnedState {
    noValue = 0,
    pinned = 1,
    notPinned = 2,
  }
  enum PrivacyType {
    none = 0,
    personal = 1,
    public = 2,
  }
  enum RefreshState {
    noValue = 0,
    pending = 1,
    ignored = 2,
    succeeded = 3,
    failed = 4,
  }
  enum SortableTaskField {
    noValue = 0,
    isCompleted = 13,
    id = 1,
    dueDate = 5,
    description = 4,
    pinAge = 22,
    location = 18,
    lastModified = 17,
    discoveredDate = 2,
    title = 21,
  }
  enum StringCompareType {
    noValue = 0,
    equals = 1,
    contains = 2,
    beginsWith = 3,
  }
  enum TaskQueryErrorType {
    noValue = 0,
    queryThrottled = 1,
  }
  enum WritableTaskField {
    noValue = 0,
    isCompleted = 13,
    dueDate = 5,
    description = 4,
    title = 21,
    editUrl = 6,
    startDate = 28,
  }
  enum WriteFieldErrorType {
    noValue = 0,
    taskNotFound = 1,
    invalidInput = 2,
    taskDeleted = 3,
    fieldConflict = 4,
    validation = 5,
    locationInvalid = 6,
    unknown = 7,
    dueDateInvalid = 8,
    startDateInvalid = 9,
    descriptionInvalid = 10,
    isCompletedInvalid = 11,
    titleInvalid = 12,
    editUrlInvalid = 13,
    accessDenied = 14,
    promoteTargetTaskNotPersonal = 15,
    promotionFailedInProvider = 16,
  }

  class BaseSession extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    createTask(taskName: string | null, description: string | null, localizedStartDate: string | null, localizedDueDate: string | null, completed: boolean, pinned: boolean, locationKey: number, editUrl?: string | null): TaskWriteResult;
    createPersonalTaskAndPromoteToProviderTask(taskName: string | null, description: string | null, localizedStartDate: string | null, localizedDueDate: string | null, completed: boolean, pinned: boolean, locationKey: number): TaskWriteResult;
    promotePersonalTaskToProviderTaskInLocation(taskKey: number, locationId: number): TaskWriteResult;
    updateTaskWithLocalizedValue(taskKey: number, field: WritableTaskField, value?: string | null): TaskWriteResult;
    deleteTask(taskKey: number): TaskWriteResult;
    pinTask(taskKey: number): TaskWriteResult;
    removePinOnTask(taskKey: number): TaskWriteResult;
    addAttributeToTask(taskKey: number, attribute?: string | null): TaskWriteResult;
    removeAttributeFromTask(taskKey: number, attribute?: string | null): TaskWriteResult;
    refreshSingleTask(taskKey: number): TaskRefreshResult;
    beginCacheRefresh(): CreateRefreshJobResult;
    beginExchangeSync(): SP.BooleanResult;
    getCalloutInfo(taskKey: number): CalloutInfo;
    readAllNonTaskData(): NonTaskDataReadResult;
    getRefreshStatus(refreshId: number): RefreshResult;
    getRefreshHistory(since?: Date | null): RefreshHistory;
    getRefreshHealthInfo(): RefreshHealthInfo;
    isExchangeJobPending(): SP.BooleanResult;
  }

  class BooleanCriterion extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_compareType(): BooleanCompareType;
    set_compareType(value: BooleanCompareType): void;
  }

  class CalloutInfo extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_contacts(): string[];
    set_contacts(value: string[] | null): void;
    get_directLinkTitle(): string;
    set_directLinkTitle(value: string | null): void;
    get_directLinkUrl(): string;
    set_directLinkUrl(value: string | null): void;
    get_hierarchy(): string[];
    set_hierarchy(value: string[] | null): void;
    get_predecessors(): string[];
    set_predecessors(value: string[] | null): void;
    get_successors(): string[];
    set_successors(value: string[] | null): void;
    get_title(): string;
    set_title(value: string | null): void;
    get_url(): string;
    set_url(value: string | null): void;
  }

  class CreateRefreshJobResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_createdJob(): boolean;
    set_createdJob(value: boolean): void;
    get_currentJobId(): number;
    set_currentJobId(value: number): void;
    get_encounteredError(): boolean;
    set_encounteredError(value: boolean): void;
  }

  class CustomAttributeFilter extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_attributes(): string[];
    set_attributes(value: string[] | null): void;
    get_concatType(): CriterionConcatType;
    set_concatType(value: CriterionConcatType): void;
  }

  class DashboardScriptExtensionInfo extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_providerKey(): string;
    set_providerKey(value: string | null): void;
    get_scriptClass(): string;
    set_scriptClass(value: string | null): void;
    get_scriptData(): string;
    set_scriptData(value: string | null): void;
    get_scriptFiles(): string[];
    set_scriptFiles(value: string[] | null): void;
  }

  class DashboardScriptExtensionInfoClientCollection extends SP.ClientObjectCollection<DashboardScriptExtensionInfo> {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_item(index: number): DashboardScriptExtensionInfo;
  }

  class DateRangeCriterion extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_rangeEndValue(): Date;
    set_rangeEndValue(value: Date | null): void;
    get_rangeStartValue(): Date;
    set_rangeStartValue(value: Date | null): void;
  }

  class ExchangeUserSyncState extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_isOptedIn(): boolean;
    get_lastEndTime(): Date;
    get_lastSyncResult(): ExchangeSyncResult;
  }

  class LocationDisplaySetting extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_color(): string;
    set_color(value: string | null): void;
    get_id(): number;
    set_id(value: number): void;
  }

  class Location extends LocationDisplaySetting {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_important(): boolean;
    set_important(value: boolean): void;
    get_name(): string;
    set_name(value: string | null): void;
    get_parentId(): number;
    set_parentId(value: number): void;
    get_rootProviderKey(): string;
    set_rootProviderKey(value: string | null): void;
    get_url(): string;
    set_url(value: string | null): void;
  }

  class LocationClientCollection extends SP.ClientObjectCollection<Location> {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_item(index: number): Location;
  }

  class LocationFilter extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_includeUncategorizedTasks(): boolean;
    set_includeUncategorizedTasks(value: boolean): void;
    get_locationKeys(): number[];
    set_locationKeys(value: number[] | null): void;
  }

  class LocationGroupClientCollection extends SP.ClientObjectCollection<Task> {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_item(index: number): Task;
  }

  class LocationOrientedSortableSession extends BaseSession {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    readTasks(query?: SortableTaskQuery | null): LocationGroupClientCollection;
    movePersonalTaskToLocation(taskKey: number, newLocationKey: number): SP.BooleanResult;
  }

  class LocationOrientedUserOrderedSession extends BaseSession {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    readTasks(query?: TaskQuery | null): LocationGroupClientCollection;
    reorderTask(taskKey: number, newAfterTaskKey: number): void;
    movePersonalTaskToLocation(taskKey: number, newLocationKey: number): SP.BooleanResult;
  }

  class LocationUpdateResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_activeAddedCount(): number;
    set_activeAddedCount(value: number): void;
    get_addedCount(): number;
    set_addedCount(value: number): void;
    get_removedCount(): number;
    set_removedCount(value: number): void;
    get_rootLocationId(): number;
    set_rootLocationId(value: number): void;
    get_updatedCount(): number;
    set_updatedCount(value: number): void;
  }

  class LocationUpdateResultClientCollection extends SP.ClientObjectCollection<LocationUpdateResult> {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_item(index: number): LocationUpdateResult;
  }

  class NameCriterion extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_compareType(): StringCompareType;
    set_compareType(value: StringCompareType): void;
    get_compareValue(): string;
    set_compareValue(value: string | null): void;
  }

  class NonTaskDataReadResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_allLocatons(): LocationClientCollection;
    get_persistedProperties(): PersistedProperties;
    get_refreshHistory(): RefreshHistory;
    get_scriptExtensions(): DashboardScriptExtensionInfoClientCollection;
    get_userSettings(): UserSettings;
  }

  class OrderInfo extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_field(): SortableTaskField;
    set_field(value: SortableTaskField): void;
    get_isDescending(): boolean;
    set_isDescending(value: boolean): void;
  }

  class PersistedProperties extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_filteredLocationIds(): number[];
    set_filteredLocationIds(value: number[] | null): void;
    get_groupByProjects(): boolean;
    set_groupByProjects(value: boolean): void;
    get_hasShownMarkAsImportantCallout(): boolean;
    set_hasShownMarkAsImportantCallout(value: boolean): void;
    get_hasShownTaskListTooLongNotification(): boolean;
    set_hasShownTaskListTooLongNotification(value: boolean): void;
    get_quickLaunchLandingPage(): string;
    set_quickLaunchLandingPage(value: string | null): void;
  }

  class ProviderErrorInfo extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_correlationId(): string;
    set_correlationId(value: string | null): void;
    get_lastSuccessfulRefresh(): Date;
    set_lastSuccessfulRefresh(value: Date | null): void;
    get_localizedName(): string;
    set_localizedName(value: string | null): void;
  }

  class ProviderErrorInfoClientCollection extends SP.ClientObjectCollection<ProviderErrorInfo> {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_item(index: number): ProviderErrorInfo;
  }

  class ProviderRefreshStatus extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_providerKey(): string;
    set_providerKey(value: string | null): void;
    get_providerLocalizedName(): string;
    set_providerLocalizedName(value: string | null): void;
    get_refreshFinished(): Date;
    set_refreshFinished(value: Date | null): void;
    get_refreshStarted(): Date;
    set_refreshStarted(value: Date | null): void;
    get_rootLocationId(): number;
    set_rootLocationId(value: number): void;
  }

  class ProviderRefreshStatusClientCollection extends SP.ClientObjectCollection<ProviderRefreshStatus> {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_item(index: number): ProviderRefreshStatus;
  }

  class RefreshEventInfoClientCollection extends SP.ClientObjectCollection<RefreshResult> {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_item(index: number): RefreshResult;
  }

  class RefreshHealthInfo extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_latestRefreshTime(): Date;
    set_latestRefreshTime(value: Date | null): void;
    get_newTasks(): number;
    set_newTasks(value: number): void;
    get_providerErrors(): ProviderErrorInfoClientCollection;
    set_providerErrors(value: ProviderErrorInfoClientCollection | null): void;
    get_succeeded(): boolean;
    set_succeeded(value: boolean): void;
  }

  class RefreshHistory extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_refreshes(): RefreshEventInfoClientCollection;
    set_refreshes(value: RefreshEventInfoClientCollection | null): void;
  }

  class RefreshResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_aggregatorRefreshState(): RefreshState;
    set_aggregatorRefreshState(value: RefreshState): void;
    get_correlationId(): string;
    set_correlationId(value: string | null): void;
    get_providerStatuses(): ProviderRefreshStatusClientCollection;
    set_providerStatuses(value: ProviderRefreshStatusClientCollection | null): void;
    get_refreshFinished(): Date;
    set_refreshFinished(value: Date | null): void;
    get_refreshId(): number;
    set_refreshId(value: number): void;
    get_taskChangesByLocation(): LocationUpdateResultClientCollection;
    set_taskChangesByLocation(value: LocationUpdateResultClientCollection | null): void;
  }

  class SortableSession extends BaseSession {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    readTasks(query?: SortableTaskQuery | null): TaskClientCollection;
  }

  class SortableSessionManager extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    createSession(): SortableSession;
    createLocationOrientedSession(): LocationOrientedSortableSession;
  }

  class SortableTaskQuery extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_coreQuery(): TaskQuery;
    set_coreQuery(value: TaskQuery | null): void;
    get_order(): OrderInfo;
    set_order(value: OrderInfo | null): void;
  }

  class Task extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_customAttributes(): string[];
    set_customAttributes(value: string[] | null): void;
    get_description(): string;
    set_description(value: string | null): void;
    get_dueDate(): Date;
    set_dueDate(value: Date | null): void;
    get_editUrl(): string;
    set_editUrl(value: string | null): void;
    get_id(): number;
    set_id(value: number): void;
    get_isCompleted(): boolean;
    set_isCompleted(value: boolean): void;
    get_isPersonal(): boolean;
    set_isPersonal(value: boolean): void;
    get_isReadOnly(): boolean;
    set_isReadOnly(value: boolean): void;
    get_lastModified(): Date;
    set_lastModified(value: Date | null): void;
    get_locationId(): number;
    set_locationId(value: number): void;
    get_name(): string;
    set_name(value: string | null): void;
    get_pinAge(): PinAge;
    set_pinAge(value: PinAge): void;
    get_serializedCustomDataForClient(): string;
    set_serializedCustomDataForClient(value: string | null): void;
    get_startDate(): Date;
    set_startDate(value: Date | null): void;
  }

  class TaskClientCollection extends SP.ClientObjectCollection<Task> {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_item(index: number): Task;
  }

  class TaskFilter extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_completedCriterion(): BooleanCriterion;
    set_completedCriterion(value: BooleanCriterion | null): void;
    get_criterionConcatType(): CriterionConcatType;
    set_criterionConcatType(value: CriterionConcatType): void;
    get_dueDateRangeCriterion(): DateRangeCriterion;
    set_dueDateRangeCriterion(value: DateRangeCriterion | null): void;
    get_idsToFilterBy(): number[];
    set_idsToFilterBy(value: number[] | null): void;
    get_isNewCriterion(): BooleanCriterion;
    set_isNewCriterion(value: BooleanCriterion | null): void;
    get_nameCriterion(): NameCriterion;
    set_nameCriterion(value: NameCriterion | null): void;
    get_startDateRangeCriterion(): DateRangeCriterion;
    set_startDateRangeCriterion(value: DateRangeCriterion | null): void;
  }

  class TaskQuery extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_customAttributeFilter(): CustomAttributeFilter;
    set_customAttributeFilter(value: CustomAttributeFilter | null): void;
    get_fieldFilter(): TaskFilter;
    set_fieldFilter(value: TaskFilter | null): void;
    get_keywordFilter(): string;
    set_keywordFilter(value: string | null): void;
    get_lastModifiedDateRangeFilter(): DateRangeCriterion;
    set_lastModifiedDateRangeFilter(value: DateRangeCriterion | null): void;
    get_lastQueryTime(): Date;
    set_lastQueryTime(value: Date | null): void;
    get_locationFilter(): LocationFilter;
    set_locationFilter(value: LocationFilter | null): void;
    get_pinnedFilter(): PinnedState;
    set_pinnedFilter(value: PinnedState): void;
  }

  class TaskQueryByLocationResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_error(): TaskQueryErrorType;
    set_error(value: TaskQueryErrorType): void;
    get_errorMessage(): string;
    set_errorMessage(value: string | null): void;
    get_results(): LocationGroupClientCollection;
    set_results(value: LocationGroupClientCollection | null): void;
  }

  class TaskQueryResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_error(): TaskQueryErrorType;
    set_error(value: TaskQueryErrorType): void;
    get_errorMessage(): string;
    set_errorMessage(value: string | null): void;
    get_results(): TaskClientCollection;
    set_results(value: TaskClientCollection | null): void;
  }

  class TaskRefreshResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_errorCorrelationId(): string;
    set_errorCorrelationId(value: string | null): void;
    get_refreshState(): RefreshState;
    set_refreshState(value: RefreshState): void;
    get_result(): Task;
    set_result(value: Task | null): void;
  }

  class TaskWriteResult extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    get_error(): WriteFieldErrorType;
    set_error(value: WriteFieldErrorType): void;
    get_errorMessage(): string;
    set_errorMessage(value: string | null): void;
    get_result(): Task;
    set_result(value: Task | null): void;
  }

  class UserOrderedSession extends BaseSession {
    constructor(context: SP.ClientRuntimeContext, objectPath: SP.ObjectPath | null);
    readTasks(query?: TaskQuery | null): TaskClientCollection;
    reorderTask(taskKey: number, newAfterTaskKey: number): void;
  }

  class UserOrderedSessionManager extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    createSession(): UserOrderedSession;
    createLocationOrientedSession(): LocationOrientedUserOrderedSession;
  }

  class UserSettings extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_daysAfterCurrentDateTimelineEnds(): number;
    set_daysAfterCurrentDateTimelineEnds(value: number): void;
    get_daysATaskIsConsideredNewTask(): number;
    set_daysATaskIsConsideredNewTask(value: number): void;
    get_daysBeforeCurrentDateTimelineStarts(): number;
    set_daysBeforeCurrentDateTimelineStarts(value: number): void;
    get_importantLocationIds(): number[];
    set_importantLocationIds(value: number[] | null): void;
    get_importantTasksLimit(): number;
    set_importantTasksLimit(value: number): void;
    get_inactiveMonthsBeforeLocationExpiration(): number;
    set_inactiveMonthsBeforeLocationExpiration(value: number): void;
    get_lateTasksLimit(): number;
    set_lateTasksLimit(value: number): void;
    get_oldTasksLimit(): number;
    set_oldTasksLimit(value: number): void;
    get_upcomingTasksLimit(): number;
    set_upcomingTasksLimit(value: number): void;
  }

  class UserSettingsManager extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    getAllLocations(): LocationClientCollection;
    getImportantLocations(): LocationClientCollection;
    getLocations(locationsId?: number[] | null): LocationClientCollection;
    getUserSettings(): UserSettings;
    setUserSettings(settings?: UserSettings | null, locationColorUpdates?: LocationDisplaySetting[] | null): void;
    getPersistedProperties(): PersistedProperties;
    setPersistedProperties(persistedProperties?: PersistedProperties | null): void;
    getExchangeSyncInfo(): ExchangeUserSyncState;
    isExchangeJobPending(): SP.BooleanResult;
    optIntoExchangeSync(): SP.IntResult;
    optOutOfExchangeSync(): SP.BooleanResult;
  }

  class ViewSelectionInfo extends SP.ClientObject {
    constructor(context: SP.ClientRuntimeContext, objectPath?: SP.ObjectPath | null);
    get_id(): number;
    set_id(value: number): void;
    get_image(): string;
    set_image(value: string | null): void;
    get_name(): string;
    set_name(value: string | null): void;
  }
}
